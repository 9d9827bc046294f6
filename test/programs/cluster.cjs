const cluster = require('node:cluster');

if (cluster.isPrimary) {
  for (let i = 0; i < Number(process.argv[2]); i++) cluster.fork();
} else {
  class Job {}
  globalThis.jobOfWorker = new Job();
  console.log('ready');
  setInterval(() => {}, 1000);
}
