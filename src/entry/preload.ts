import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { hookLoading } from '../lines/probe/load-hooks.js';
import { type LoadRequest, PROBE_VARIABLE } from '../lines/probe/load-request.js';
import { openRegistry } from '../lines/probe/probe-registry.js';
import { ProfileRun } from '../lines/strategy/profile-run.js';

/**
 * Loaded by Node.js into a script's process before the script (`--import`), not by showbackref: has
 * the functions measured and writes the counts when the program ends.
 */
const text = process.env[PROBE_VARIABLE];
// Worker threads load this module, too, and so do processes that the script forks.
if (isMainThread && text !== undefined) start(JSON.parse(text) as LoadRequest);

function start(request: LoadRequest): void {
  delete process.env[PROBE_VARIABLE];
  const registry = openRegistry();
  const run = new ProfileRun(registry, request.measure);
  hookLoading(request, registry, (file) => run.add(file));
  const save = once(() => {
    // report what the loader's thread has found even if nothing called it
    registry.onUnknown?.('');
    writeFileSync(request.resultFile, JSON.stringify(run.finish()));
  });
  // wait for late results when the program has nothing more to do
  process.once('beforeExit', () => void run.settle());
  process.once('exit', save);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) onSignal(signal, save);
}

/** A program that a signal ends leaves its counts; one that handles the signal goes on. */
function onSignal(signal: NodeJS.Signals, save: () => void): void {
  process.once(signal, () => {
    if (process.listenerCount(signal) > 0) return;
    save();
    process.kill(process.pid, signal);
  });
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}
