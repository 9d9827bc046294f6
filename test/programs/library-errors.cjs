// Prints how showBackrefs refuses: `node library-errors.cjs CASE`.
const { Worker, isMainThread } = require('node:worker_threads');
const { showBackrefs, ShowBackrefError } = require('showbackref');

const CASES = {
  number: () => showBackrefs(42),
  unwritable: () => showBackrefs({}, { out: '/dev/null/backrefs.png' }),
  pattern: () => showBackrefs({}, { hide: '/(/' }),
  thread: () =>
    new Promise((resolve, reject) => {
      new Worker(__filename, { argv: ['inThread'] }).on('message', resolve).on('error', reject);
    }),
  inThread: () => showBackrefs({}),
};

CASES[process.argv[2]]().then(
  (answer) => print(answer),
  (error) =>
    print({ isOurs: error instanceof ShowBackrefError, code: error.code, message: error.message }),
);

function print(answer) {
  if (isMainThread) process.stdout.write(JSON.stringify(answer));
  else require('node:worker_threads').parentPort.postMessage(answer);
}
