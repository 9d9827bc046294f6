// A worker of ours must not load what the program loads.
const { isMainThread } = require('node:worker_threads');
if (!isMainThread) throw new Error('loaded in a worker');
