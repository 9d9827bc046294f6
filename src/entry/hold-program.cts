/**
 * Loaded by Node.js into a script's process before the script (`--require`), not by showbackref:
 * holds the program until its inspector's client lets it go, and stops it once more at its end.
 *
 * A module of our own and not `--inspect-wait` or `--inspect-brk`: under these every worker thread
 * waits for a debugger, too, for ever. Imports nothing but Node.js, and is CommonJS, because all of it
 * is in the script's heap: loading an ES module this way would add 0.3 MB of Node's own to it.
 */
import fs = require('node:fs');
import inspector = require('node:inspector');
import threads = require('node:worker_threads');

/** Where the one that started us reads the inspector's address. */
const REPORT_FD = 3;
/** Known to stop-program.ts. */
const HOLD = Symbol.for('showbackref.hold');

// Worker threads load this, too.
if (threads.isMainThread) {
  restoreNodeOptions();
  process.once('exit', showbackrefExitStop);
  const hold = createHold();
  inspector.open(0, '127.0.0.1');
  report({ url: inspector.url(), version: process.version });
  waitForRelease(hold);
}

/** What stop-program.ts will switch off: it may do so as soon as it has the address. */
function createHold(): { isOn: boolean } {
  const hold = { isOn: true };
  Object.assign(process, { [HOLD]: hold });
  return hold;
}

function report(held: object): void {
  fs.writeSync(REPORT_FD, JSON.stringify(held));
  fs.closeSync(REPORT_FD);
}

/**
 * Not `inspector.waitForDebugger()`, which would wait for ever when the client lets the program go
 * just before it is called. V8 answers the client in between the turns of this loop.
 */
function waitForRelease(hold: { readonly isOn: boolean }): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const parent = process.ppid;
  while (hold.isOn) {
    Atomics.wait(clock, 0, 0, 1);
    // Whoever would let the program go was killed: it must not be left behind.
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }
  Reflect.deleteProperty(process, HOLD);
}

/** Neither the script nor a process that it starts shall see that this was here. */
function restoreNodeOptions(): void {
  const { SHOWBACKREF_NODE_OPTIONS } = process.env;
  if (SHOWBACKREF_NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = SHOWBACKREF_NODE_OPTIONS;
  delete process.env.SHOWBACKREF_NODE_OPTIONS;
}

/** Known to stop-program.ts by its name. */
function showbackrefExitStop(): void {
  // biome-ignore lint/suspicious/noDebugger: stopping the program is what this is for.
  debugger;
}
