// A pool of two workers, as piscina and tinypool have them: each task runs in whichever worker is free.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

class Resized {
  constructor(name) {
    this.name = name;
  }
}

class Ready {}

if (isMainThread) {
  const workers = [new Worker(__filename), new Worker(__filename)];
  let ready = 0;
  for (const worker of workers) {
    worker.on('message', () => {
      // the task goes to one of them
      if (++ready === 2) workers[1].postMessage('photo');
      if (ready === 3) console.log('ready');
    });
  }
} else {
  const done = [];
  const state = new Ready();
  parentPort.on('message', (name) => {
    done.push(new Resized(name));
    parentPort.postMessage(state.constructor.name);
  });
  parentPort.postMessage('ready');
}
