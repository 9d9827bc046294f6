const { fork } = require('node:child_process');
const { Worker } = require('node:worker_threads');

if (process.argv[2] === 'child') {
  console.log('child', process.execArgv, process.env.NODE_OPTIONS);
} else {
  fork(__filename, ['child']).once('exit', () => {
    const worker = new Worker('debugger; console.log("worker", process.env.NODE_OPTIONS)', {
      eval: true,
    });
    worker.once('exit', () => {
      const afterwards = {};
      debugger;
    });
  });
}
