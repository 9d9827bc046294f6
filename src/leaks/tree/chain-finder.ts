import { countAt } from './groups.js';
import { TREE_ROOT } from './merged-tree.js';
import type { Moments } from './moments.js';

/** A path that gets longer from moment to moment: each link holds the one before. */
export interface GrowingChain {
  /** Tree nodes from the first link to the last. */
  readonly run: readonly number[];
  /** The number of tree nodes in one link. */
  readonly period: number;
  /** The number of links at each moment. */
  readonly counts: readonly number[];
}

const MOST_CHAINS = 5;
const LONGEST_PERIOD = 48;
/** The share of a path that must repeat: now and then a link is held in another way. */
const REPEATED_SHARE = 0.9;
/** The least number of links added from moment to moment. */
const LEAST_RISE = 3;

/** Finds the chains of the tree that got longer each time, the longest first. */
export function findChains(moments: Moments): readonly GrowingChain[] {
  const found: GrowingChain[] = [];
  if (moments.all.length < 2) return found;
  const isCovered = new Uint8Array(moments.tree.size);
  for (let tries = 0; tries < MOST_CHAINS; tries++) {
    const way = deepestWay(moments, isCovered);
    const depths = depthsOf(moments, way);
    if (!isRising(depths)) break;
    const chain = toChain(moments, way, depths);
    // the next one may be elsewhere
    isCovered[chain?.run[0] ?? way[way.length - 1]] = 1;
    if (chain !== null) found.push(chain);
  }
  return found;
}

/**
 * The longest path of the last moment, from the child of the root on; covered parts are left out.
 */
function deepestWay(moments: Moments, isCovered: Uint8Array): readonly number[] {
  const { tree, all } = moments;
  const last = all.length - 1;
  let deepest = TREE_ROOT;
  for (let node = TREE_ROOT + 1; node < tree.size; node++) {
    isCovered[node] |= isCovered[tree.parentOf(node)];
    if (isCovered[node] === 1 || tree.isEngine(node) || countAt(moments, node, last) === 0)
      continue;
    if (tree.depthOf(node) > tree.depthOf(deepest)) deepest = node;
  }
  const way: number[] = [];
  for (let node = deepest; node > TREE_ROOT; node = tree.parentOf(node)) way.push(node);
  return way.reverse();
}

/** The depth of the path at each moment. */
function depthsOf(moments: Moments, way: readonly number[]): readonly number[] {
  return moments.all.map((_, moment) => {
    let depth = way.length;
    while (depth > 0 && countAt(moments, way[depth - 1], moment) === 0) depth--;
    return depth;
  });
}

function isRising(depths: readonly number[]): boolean {
  return depths.every((depth, m) => m === 0 || depth > depths[m - 1]);
}

function toChain(
  moments: Moments,
  way: readonly number[],
  depths: readonly number[],
): GrowingChain | null {
  const { tree } = moments;
  const isSame = (a: number, b: number) => {
    return tree.labelOf(a) === tree.labelOf(b) && tree.classOf(a) === tree.classOf(b);
  };
  const period = periodOf(way, depths[0], isSame);
  if (period === null) return null;
  let start = way.length - period;
  while (start > 0 && isSame(way[start - 1], way[start - 1 + period])) start--;
  // the holder of the first link holds it in a different way
  if (start > 0 && tree.classOf(way[start - 1]) === tree.classOf(way[start - 1 + period])) start--;
  const counts = depths.map((depth) => Math.max(0, Math.ceil((depth - start) / period)));
  const rises = counts.every((count, m) => m === 0 || count - counts[m - 1] >= LEAST_RISE);
  return rises ? { run: way.slice(start), period, counts } : null;
}

/** The number of steps after which the added part of a path repeats; null if it does not repeat. */
function periodOf(
  way: readonly number[],
  from: number,
  isSame: (a: number, b: number) => boolean,
): number | null {
  const added = way.length - from;
  for (let period = 1; period <= Math.min(LONGEST_PERIOD, added / 2); period++) {
    let same = 0;
    for (let i = from + period; i < way.length; i++) if (isSame(way[i], way[i - period])) same++;
    if (same >= (added - period) * REPEATED_SHARE) return period;
  }
  return null;
}
