import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collector = () => void;

// kept before a test may replace it by a clock that stands still
const { setTimeout: waitFor } = globalThis;

/**
 * How long the program runs on before each collection, in ms: objects on its stack, in promises or
 * in WeakRefs that were looked at are only let go of when it runs on; some only in a later turn.
 */
const PAUSES = [0, 0, 0, 0, 1, 5, 10, 25, 50, 100];

/**
 * True if the object is collected within a few rounds of garbage collection with turns of the event
 * loop in between.
 */
export async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  const collect = findCollector();
  for (const pause of PAUSES) {
    await turn(pause);
    collect();
    if (isGone(reference)) return true;
  }
  // the look itself has kept the object alive for this turn
  await turn(0);
  return false;
}

function turn(ms: number): Promise<void> {
  return new Promise((resolve) => void waitFor(resolve, ms));
}

/** In a separate function: a suspended one might keep the object that it has just looked at. */
function isGone(reference: WeakRef<object>): boolean {
  return reference.deref() === undefined;
}

/** Finds V8's own collector, which Node.js shows only with a flag. */
function findCollector(): Collector {
  const { gc } = globalThis as { gc?: Collector };
  if (gc !== undefined) return gc;
  setFlagsFromString('--expose-gc');
  const found = runInNewContext('gc') as Collector;
  setFlagsFromString('--no-expose-gc');
  return found;
}
