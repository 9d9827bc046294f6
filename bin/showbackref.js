#!/usr/bin/env node
// in words that every Node.js reads, before anything that an old one cannot
const LEAST = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  process.stderr.write(
    `showbackref: Node.js ${process.version} is too old; use ${LEAST.join('.')} or later to run it (heaps of older ones can be read)\n`,
  );
  process.exit(1);
}

const { start } = require('../dist/bundle/start.cjs');

start(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // the answer has been written: a connection that was never made must not keep the process waiting
  setTimeout(() => process.exit(), 1000).unref();
});
