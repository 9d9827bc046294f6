// Preloaded into the tool: sends it SIGNAL when it writes AT to standard error, as it does on a terminal
// when a stage begins, or calls the function AT of node:fs/promises.
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import tty from 'node:tty';
import { isMainThread } from 'node:worker_threads';

const { AT, SIGNAL } = process.env;
let isSent = false;

function send() {
  if (isSent) return;
  isSent = true;
  process.kill(process.pid, SIGNAL);
  // it is the main thread that hears of it
  if (!isMainThread) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);
}

if (AT in files) {
  const real = files[AT];
  files[AT] = (...args) => {
    // of what is opened, the file that is written
    if (AT !== 'open' || String(args[0]).endsWith('.tmp')) send();
    return real(...args);
  };
  syncBuiltinESMExports();
} else if (isMainThread) {
  const { isatty } = tty;
  tty.isatty = (fd) => fd === 2 || isatty(fd);
  syncBuiltinESMExports();
  const { stderr } = process;
  const write = stderr.write;
  stderr.isTTY = true;
  stderr.write = (chunk, ...rest) => {
    if (Buffer.from(chunk).includes(AT)) send();
    return write.call(stderr, chunk, ...rest);
  };
}
