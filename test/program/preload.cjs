// A worker of ours shall not load what the program loads.
const { isMainThread } = require('node:worker_threads');
if (!isMainThread) throw new Error('loaded in a worker');
