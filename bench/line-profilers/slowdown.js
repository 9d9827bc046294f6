/**
 * How much slower a function runs while its lines are timed, here and by Python's line_profiler on the same
 * machine: `npm run build && node bench/line-profilers/slowdown.js` (apt-get install python3-line-profiler).
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lprun } from '../../dist/index.js';

const SIZES = [
  [1000, 300],
  [300_000, 5],
];

function primes(n) {
  if (n === 2) return [2];
  if (n < 2) return [];
  const s = [];
  for (let i = 3; i <= n; i += 2) s.push(i);
  const mroot = Math.sqrt(n);
  const half = s.length;
  let i = 0;
  let m = 3;
  while (m <= mroot) {
    if (s[i]) {
      let j = (m * m - 3) / 2;
      s[j] = 0;
      while (j < half) {
        s[j] = 0;
        j += m;
      }
    }
    i = i + 1;
    m = 2 * i + 3;
  }
  return [2, ...s.filter((x) => x)];
}

function best(n, count) {
  const times = Array.from({ length: count }, () => {
    const start = performance.now();
    primes(n);
    return performance.now() - start;
  });
  return Math.min(...times);
}

for (const [n, count] of SIZES) {
  const plain = best(n, count);
  const { value, profile } = await lprun(() => best(n, count), [primes]);
  console.log(process.version, n, (value / plain).toFixed(1), profile.functions[0].way);
}
const python = spawnSync('/usr/bin/python3', [
  fileURLToPath(new URL('slowdown.py', import.meta.url)),
]);
console.log(String(python.stdout), String(python.stderr));
