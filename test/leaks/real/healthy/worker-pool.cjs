// A pool of two workers; one of them is replaced now and then.
const { Worker } = require('node:worker_threads');
const { rounds } = require('../rounds.cjs');

const SOURCE = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ id, text }) => parentPort.postMessage({ id, text: text.toUpperCase() }));
`;
const waiting = new Map();
const pool = [start(), start()];

function start() {
  const worker = new Worker(SOURCE, { eval: true });
  worker.on('message', ({ id, text }) => {
    waiting.get(id)(text);
    waiting.delete(id);
  });
  return worker;
}

async function replaceFirst() {
  const [old] = pool.splice(0, 1);
  await old.terminate();
  pool.push(start());
}

rounds(
  async (number) => {
    await new Promise((resolve) => {
      waiting.set(number, resolve);
      pool[number % 2].postMessage({ id: number, text: `task ${number}` });
    });
    if (number % 20 === 19) await replaceFirst();
  },
  { warm: 60 },
);
