import { isEngineClass } from '../engine/classes/class-names.js';
import type { Census } from './census.js';
import { Comparison } from './comparison.js';
import { classKey, type HeapClass, nameClasses } from './heap-classes.js';
import type { InterfaceDefinition } from './interfaces.js';
import { compareClasses } from './type-stats.js';

/** The change of a class from one moment to another. */
export interface TypeGrowth extends HeapClass {
  /** Objects at the earlier moment, or at the peak if that was asked for. */
  readonly before: number;
  readonly after: number;
  /** Objects of one moment that the other one lacks; null if ids cannot be compared. */
  readonly added: number | null;
  readonly removed: number | null;
  /** `after` minus `before`. */
  readonly delta: number;
  /** Change in shallow bytes; objects that are in both moments may have grown, too. */
  readonly sizeDelta: number;
  readonly isEngine: boolean;
}

/** The changes from one moment to another. */
export interface Growth {
  /** True if an object has the same id in both heaps, as it does within one process. */
  readonly byId: boolean;
  /**
   * Classes with any change: first those that grew most, then those that shrank most, then the
   * others.
   */
  readonly types: readonly TypeGrowth[];
}

/** Compares two moments class by class. Plain objects are named by the interfaces of the later one. */
export function compareCensuses(before: Census, after: Census): Growth {
  return growthOf(new Comparison(before, after), after.interfaces);
}

/**
 * The changes, with plain objects named by these interfaces, the same in all tables of an answer.
 */
export function growthOf(
  comparison: Comparison,
  interfaces: readonly InterfaceDefinition[],
): Growth {
  const changes = comparison.changes(interfaces).map(({ type, ...counts }): TypeGrowth => {
    const { before, after, added, removed, sizeDelta } = counts;
    const delta = after - before;
    const isEngine = isEngineClass(type.name);
    return { ...type, before, after, added, removed, delta, sizeDelta, isEngine };
  });
  const types = changes
    .filter(({ added, removed, delta, sizeDelta }) => added || removed || delta || sizeDelta)
    .sort(byGrowth);
  return { byId: comparison.byId, types };
}

/**
 * Sorts classes: those that grew most, then those that shrank most, then those that changed without
 * either.
 */
function byGrowth(a: TypeGrowth, b: TypeGrowth): number {
  const [grownA, grownB] = [Math.max(0, a.delta), Math.max(0, b.delta)];
  return grownB - grownA || a.delta - b.delta || b.sizeDelta - a.sizeDelta || compareClasses(a, b);
}

/**
 * The classes that have more objects than at any of the earlier moments; `before` is their peak.
 */
export function aboveEarlierPeaks(
  growth: Growth,
  earlier: readonly Census[],
  after: Census,
): Growth {
  const peaks = new Map<string, Peak>();
  const now = sumsByClass(after, after.interfaces);
  for (const census of earlier) {
    for (const [key, sums] of sumsByClass(census, after.interfaces)) {
      if (sums.count > (peaks.get(key)?.count ?? 0)) peaks.set(key, sums);
    }
  }
  const types = growth.types
    .map((type) => {
      const peak = peaks.get(classKey(type));
      if (peak === undefined || peak.count <= type.before) return type;
      return sincePeak(type, peak, now.get(classKey(type)));
    })
    .filter(({ delta }) => delta > 0)
    .sort(byGrowth);
  return { ...growth, types };
}

/** The number of objects of a class, and their bytes, at the moment when there were most. */
interface Peak {
  readonly count: number;
  readonly size: number;
}

function sumsByClass(
  { bins, counts, sizes }: Census,
  interfaces: Census['interfaces'],
): ReadonlyMap<string, Peak> {
  const sums = new Map<string, Peak>();
  const { classes, classOfBin } = nameClasses(bins, interfaces);
  classOfBin.forEach((index, bin) => {
    const key = classKey(classes[index] as HeapClass);
    const { count, size } = sums.get(key) ?? { count: 0, size: 0 };
    sums.set(key, { count: count + (counts[bin] ?? 0), size: size + (sizes[bin] ?? 0) });
  });
  return sums;
}

/**
 * The change since the peak, without the objects that came and went: of that moment only sums are
 * kept.
 */
function sincePeak(type: TypeGrowth, peak: Peak, now: Peak | undefined): TypeGrowth {
  return {
    ...type,
    before: peak.count,
    added: null,
    removed: null,
    delta: type.after - peak.count,
    sizeDelta: (now?.size ?? 0) - peak.size,
  };
}
