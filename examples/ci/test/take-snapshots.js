import { mkdirSync } from 'node:fs';
import { writeHeapSnapshot } from 'node:v8';
import { greet } from '../src/greet.js';

// the same work before each snapshot: what a leak keeps of it adds up
mkdirSync('out', { recursive: true });
let minute = 0;
for (const moment of [1, 2, 3]) {
  for (let visit = 0; visit < 100; visit += 1) greet({ name: 'anna', at: minute++ });
  writeHeapSnapshot(`out/${moment}.heapsnapshot`);
}
