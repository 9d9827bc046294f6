// A pool of Piscina's: tasks for two threads, of which each is given up now and then when it is idle.
const path = require('node:path');
const Piscina = require('piscina');
const { rounds } = require('../rounds.cjs');

const pool = new Piscina({
  filename: path.join(__dirname, '../loaded/count-words.cjs'),
  minThreads: 1,
  maxThreads: 2,
  idleTimeout: 50,
});
rounds(
  async (number) => {
    const texts = [`order ${number}`, `to be sent ${number % 7}`];
    await Promise.all(texts.map((text) => pool.run({ text })));
    if (number % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 80));
  },
  { warm: 60, items: 60, finish: () => pool.destroy() },
);
