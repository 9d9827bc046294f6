// A cache that grows without end, and a picture that is decoded once: `showbackref mprof run examples/over-time.js --out memory.png`.
import { setTimeout as wait } from 'node:timers/promises';

const cache = new Map();

function remember(count) {
  for (let i = 0; i < count; i++) cache.set(cache.size, new Array(1000).fill(i));
}

for (let round = 0; round < 20; round++) {
  remember(400);
  if (round === 12) globalThis.picture = Buffer.alloc(60_000_000, 1);
  await wait(100);
}
