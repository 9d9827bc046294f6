/**
 * Measures how much slower a function runs while its lines are timed, here and by Python's
 * line_profiler on the same machine: `npm run build && node bench/line-profilers/slowdown.js`
 * (apt-get install python3-line-profiler).
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lprun } from '../../dist/entry/index.js';
import { best, primes, SIZES } from './primes.js';

/**
 * From Node.js 26 on, a module's function can only be measured by breakpoints in a running program.
 */
const IN_PROGRAM = Number(process.versions.node.split('.')[0]) < 26;

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

function timesOf(argv) {
  const { stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  return JSON.parse(/^times (.*)$/m.exec(stderr)[1]);
}

const plain = timesOf([fileOf('primes.js'), '--run']);
const command = [fileOf('../../bin/showbackref.js'), 'lprun', fileOf('primes.js')];
const measured = timesOf([...command, '-f', 'primes', '--', '--run']);
for (const [at, [n, count]] of SIZES.entries()) {
  console.log(process.version, n, 'command', (measured[at] / plain[at]).toFixed(1));
  if (!IN_PROGRAM) continue;
  const here = best(n, count);
  const { value, profile } = await lprun(() => best(n, count), [primes]);
  console.log(process.version, n, (value / here).toFixed(1), profile.functions[0].way);
}
const python = spawnSync('/usr/bin/python3', [fileOf('slowdown.py')]);
console.log(String(python.stdout), String(python.stderr));
