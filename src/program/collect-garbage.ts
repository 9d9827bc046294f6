import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collector = () => void;

// kept from before a test may replace them by clocks that stand still
const { setTimeout: waitFor } = globalThis;

/**
 * How long the program runs on before each collection, in ms: what is on its stack, in promises or in
 * WeakRefs that were looked at is only let go of when it does; some things take until a later turn.
 */
const PAUSES = [0, 0, 0, 0, 1, 5, 10, 25, 50, 100];

/** True if the object goes away when garbage is collected, a few times with turns of the program between. */
export async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  const collect = findCollector();
  for (const pause of PAUSES) {
    await turn(pause);
    collect();
    if (isGone(reference)) return true;
  }
  // looking at it has kept it alive for this turn
  await turn(0);
  return false;
}

function turn(ms: number): Promise<void> {
  return new Promise((resolve) => void waitFor(resolve, ms));
}

/** In a function of its own: a suspended one might keep what it has just looked at. */
function isGone(reference: WeakRef<object>): boolean {
  return reference.deref() === undefined;
}

/** V8's own, which Node.js only shows when asked to. */
function findCollector(): Collector {
  const { gc } = globalThis as { gc?: Collector };
  if (gc !== undefined) return gc;
  setFlagsFromString('--expose-gc');
  const found = runInNewContext('gc') as Collector;
  setFlagsFromString('--no-expose-gc');
  return found;
}
