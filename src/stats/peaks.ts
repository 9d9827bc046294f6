import type { Census } from './census.js';
import type { ClassBin } from './class-bins.js';
import { aboveEarlierPeaks, compareCensuses, type Growth } from './growth.js';

/** The number of earlier moments remembered; few are needed, as most exceed those before them. */
const MOST_MOMENTS = 50;

const NOTHING: Census = {
  bins: [],
  interfaces: [],
  counts: new Float64Array(0),
  sizes: new Float64Array(0),
  unnumbered: new Float64Array(0),
  keys: new Float64Array(0),
};

/**
 * The classes with more objects than at any earlier moment: objgraph's rule. At the first moment
 * these are all classes.
 *
 * @param earlier in chronological order.
 */
export function growthAbovePeaks(earlier: readonly Census[], now: Census): Growth {
  const growth = compareCensuses(earlier.at(-1) ?? NOTHING, now);
  return aboveEarlierPeaks(growth, earlier, now);
}

/** The moments to remember: those with more objects of some kind than now, and now. */
export function momentsToKeep(earlier: readonly Census[], now: Census): readonly Census[] {
  const counts = countsByBin(now);
  const higher = earlier.filter((census) => {
    return [...countsByBin(census)].some(([key, count]) => count > (counts.get(key) ?? 0));
  });
  return [...higher, now].slice(-MOST_MOMENTS);
}

function countsByBin({ bins, counts }: Census): ReadonlyMap<string, number> {
  return new Map(bins.map((bin, index) => [keyOf(bin), counts[index] ?? 0]));
}

function keyOf({ name, location, shape }: ClassBin): string {
  return JSON.stringify([name, location, shape]);
}
