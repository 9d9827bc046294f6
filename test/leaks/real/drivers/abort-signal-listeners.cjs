// A shutdown signal that lives as long as the server; each job listens to it and never stops listening.
const { rounds } = require('../rounds.cjs');

class ExportJob {
  constructor(number) {
    this.number = number;
    this.rows = [`row ${number}`];
  }

  async run(signal) {
    signal.addEventListener('abort', () => this.stop(), { once: true });
    await null;
  }

  stop() {
    this.rows.length = 0;
  }
}

const shutdown = new AbortController();
require('node:events').setMaxListeners(0, shutdown.signal);
rounds((number) => new ExportJob(number).run(shutdown.signal));
