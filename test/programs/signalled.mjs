// Preloaded into the tool: sends it SIGNAL when it writes AT to standard error, as it does on a terminal
// when a stage begins, or calls the function AT of node:fs/promises.
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { AT, SIGNAL } = process.env;
let isSent = false;

function send() {
  if (isSent) return;
  isSent = true;
  process.kill(process.pid, SIGNAL);
}

if (AT in files) {
  const real = files[AT];
  files[AT] = (...args) => {
    send();
    return real(...args);
  };
  syncBuiltinESMExports();
} else {
  const { stderr } = process;
  const write = stderr.write;
  stderr.isTTY = true;
  stderr.write = (text, ...rest) => {
    if (String(text).includes(AT)) send();
    return write.call(stderr, text, ...rest);
  };
}
