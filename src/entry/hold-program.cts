/**
 * Loaded by Node.js into a script's process before the script (`--require`), not by showbackref:
 * holds the program until its inspector's client lets it go, and stops it once more at its end.
 *
 * A separate module instead of `--inspect-wait` or `--inspect-brk`: with these every worker thread,
 * too, waits for a debugger forever. It imports nothing but Node.js, and is CommonJS, because all
 * of it is in the script's heap: loading an ES module this way would add 0.3 MB of Node's own
 * objects.
 */
import fs = require('node:fs');
import inspector = require('node:inspector');
import threads = require('node:worker_threads');

/** The file descriptor from which the process that started us reads the inspector's address. */
const REPORT_FD = 3;
/** Also used by stop-program.ts. */
const HOLD = Symbol.for('showbackref.hold');

// Worker threads load this module, too.
if (threads.isMainThread) {
  restoreNodeOptions();
  process.once('exit', showbackrefExitStop);
  const hold = createHold();
  inspector.open(0, '127.0.0.1');
  report({ url: inspector.url(), version: process.version });
  waitForRelease(hold);
}

/**
 * Creates the switch that stop-program.ts turns off: it may do so as soon as it has the address.
 */
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
 * Not `inspector.waitForDebugger()`, which would wait forever if the client lets the program go
 * just before the call. V8 answers the client between the turns of this loop.
 */
function waitForRelease(hold: { readonly isOn: boolean }): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const parent = process.ppid;
  while (hold.isOn) {
    Atomics.wait(clock, 0, 0, 1);
    // The process that would let the program go was killed: do not leave the program waiting.
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }
  Reflect.deleteProperty(process, HOLD);
}

/** Neither the script nor a process that it starts should see that this module was here. */
function restoreNodeOptions(): void {
  const { SHOWBACKREF_NODE_OPTIONS } = process.env;
  if (SHOWBACKREF_NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = SHOWBACKREF_NODE_OPTIONS;
  delete process.env.SHOWBACKREF_NODE_OPTIONS;
}

/** stop-program.ts finds this function by its name. */
function showbackrefExitStop(): void {
  // biome-ignore lint/suspicious/noDebugger: stopping the program is what this is for.
  debugger;
}
