/**
 * Shared by all programs of this folder: a warm-up, then rounds of work, with a heap snapshot
 * after the warm-up and after each round, all of one process.
 *
 *   node --expose-gc drivers/NAME.cjs OUT [ROUNDS]   OUT-1.heapsnapshot, OUT-2.heapsnapshot, ...
 *   node --expose-gc drivers/NAME.cjs                bytes kept per item, five rounds
 */
const v8 = require('node:v8');

const COLLECTIONS = 4;
const SETTLE_MS = 15;

async function settle() {
  for (let count = 0; count < COLLECTIONS; count += 1) {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    global.gc();
  }
}

/** `step(number)` does the work of one item; `items` of them are a round. */
async function rounds(step, { items = 60, warm = 10, finish = () => {} } = {}) {
  const [out, count = '2'] = process.argv.slice(2);
  let done = 0;
  const work = async (some) => {
    for (const end = done + some; done < end; done += 1) await step(done);
    await settle();
  };
  await work(warm);
  if (out === undefined) await measure(work, items);
  else await photograph(work, { out, items, count: Number(count) });
  await finish();
  process.exit(0);
}

async function photograph(work, { out, items, count }) {
  v8.writeHeapSnapshot(`${out}-1.heapsnapshot`);
  for (let round = 0; round < count; round += 1) {
    await work(items);
    v8.writeHeapSnapshot(`${out}-${round + 2}.heapsnapshot`);
  }
}

async function measure(work, items) {
  for (let round = 0; round < 5; round += 1) {
    const before = process.memoryUsage().heapUsed;
    await work(items * 5);
    const kept = process.memoryUsage().heapUsed - before;
    console.log(`${Math.round(kept / items / 5)} bytes kept per item`);
  }
}

module.exports = { rounds };
