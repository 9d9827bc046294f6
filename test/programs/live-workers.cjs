// Two worker threads with a job each; says so when both are at it.
const { Worker, isMainThread, parentPort, threadId } = require('node:worker_threads');

class Job {
  constructor(name) {
    this.name = name;
  }
}

if (isMainThread) {
  let ready = 0;
  for (const name of ['mail', 'thumbnails']) {
    new Worker(__filename, { name }).on('message', () => ++ready === 2 && console.log('ready'));
  }
} else {
  const jobs = new Map([['first', new Job(`of ${threadId}`)]]);
  globalThis.lastJob = jobs.get('first');
  setInterval(() => jobs.size, 1000);
  parentPort.postMessage('ready');
}
