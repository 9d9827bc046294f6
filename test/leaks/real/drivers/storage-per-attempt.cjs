// A new AsyncLocalStorage for each attempt that nobody disables: before Node.js 24, it stays in Node's list.
const { AsyncLocalStorage } = require('node:async_hooks');
const { rounds } = require('../rounds.cjs');

class Attempt {
  constructor(number) {
    this.number = number;
  }
}

rounds(async (number) => {
  const storage = new AsyncLocalStorage();
  await storage.run(new Attempt(number), async () => storage.getStore());
});
