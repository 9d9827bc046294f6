#!/usr/bin/env node
const { start } = require('../dist/bundle/start.cjs');

start(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // the answer is out: a connection that never came about must not keep the process waiting
  setTimeout(() => process.exit(), 1000).unref();
});
