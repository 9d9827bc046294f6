/** Timers that nobody clears, in three snapshots: node --expose-gc pollers.cjs OUT */
const v8 = require('node:v8');

class Poller {
  constructor(url) {
    this.url = url;
    this.answers = new Array(100).fill(url);
    setInterval(() => this.poll(), 30_000);
  }

  poll() {
    return this.answers.length;
  }
}

function runLater(job) {
  setTimeout(function run() {
    job.run();
  }, 60_000);
}

/** Bound, as old code does it. */
function logLater(text) {
  setTimeout(write.bind(null, text), 90_000);
}

function write(text) {
  process.stdout.write(text);
}

for (let round = 1; round <= 3; round++) {
  for (let i = 0; i < 20; i++) {
    new Poller(`https://example.org/${round}/${i}`);
    runLater({ run() {}, rows: new Array(50).fill(i) });
    logLater(`${round} ${i}`);
  }
  global.gc();
  v8.writeHeapSnapshot(`${process.argv[2]}-${round}.heapsnapshot`);
}
process.exit(0);
