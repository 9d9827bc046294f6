// Compares `leaks` on one heap, taken three times, with `info` on each: node bench/leaks.js HEAP
// [runs]

import { fileURLToPath } from 'node:url';
import { runNode } from './measure.js';
import { median } from './table.js';

const BIN = fileURLToPath(new URL('../bin/showbackref.js', import.meta.url));
const [heap, runs = '5'] = process.argv.slice(2);
if (heap === undefined) throw new Error('name a heap: node bench/leaks.js a.heapsnapshot [runs]');

const info = [];
const leaks = [];
// in turn, so that both run under the same conditions; the first round warms up
for (let round = 0; round <= Number(runs); round++) {
  const single = [];
  for (let i = 0; i < 3; i++) single.push(await runNode([BIN, 'info', heap]));
  const found = await runNode([BIN, 'leaks', heap, heap, heap]);
  if (round === 0) continue;
  const sum = (name) => single.reduce((total, run) => total + run[name], 0);
  const peak = Math.max(...single.map((run) => run.peak));
  info.push({ seconds: sum('seconds'), cpu: sum('cpu'), peak });
  leaks.push(found);
}

for (const name of ['seconds', 'cpu', 'peak']) {
  const [one, all] = [info, leaks].map((measured) => median(measured.map((run) => run[name])));
  const times = (all / one).toFixed(2);
  process.stdout.write(
    `${name}: info on each ${one.toFixed(2)}, leaks ${all.toFixed(2)}, ${times} times\n`,
  );
}
