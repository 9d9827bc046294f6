/**
 * Loaded by Node.js into a script's process before the script (`--require`), not by showbackref:
 * holds the program until its inspector's client lets it go, and stops it once more at its end.
 *
 * A module of our own and not `--inspect-wait` or `--inspect-brk`: under these every worker thread
 * waits for a debugger, too, for ever. Imports nothing but Node.js: all of it is in the script's heap.
 */
import { closeSync, writeSync } from 'node:fs';
import inspector from 'node:inspector';
import { isMainThread } from 'node:worker_threads';

/** Where the one that started us reads the inspector's address. */
const REPORT_FD = 3;

// Worker threads load this, too.
if (isMainThread) {
  restoreNodeOptions();
  process.once('exit', showbackrefExitStop);
  inspector.open(0, '127.0.0.1');
  writeSync(REPORT_FD, JSON.stringify({ url: inspector.url(), version: process.version }));
  closeSync(REPORT_FD);
  inspector.waitForDebugger();
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
