import type { Way } from './walk-ways.js';

/** The number of steps drawn of a path unless `--max-nodes` sets the number of objects. */
const MOST_OF_WAY = 200;
/** The number of steps if repeating rounds are drawn as one box. */
const MOST_OF_FOLDED_WAY = 2000;
/** A path of at most this length is never cut in its middle. */
const LEAST_OF_WAY = 100;
/**
 * The share of a longer path's drawn steps at each of its ends: this leaves some room for other
 * holders.
 */
const SHARE_OF_END = 5 / 12;

/**
 * The two ends of a path that is too long to be drawn, such as that of a list of a million objects;
 * null for others.
 */
export function endsOfLongWay(
  way: Way,
  { maxNodes, isFolded }: { readonly maxNodes: number; readonly isFolded: boolean },
): { readonly low: Way; readonly middle: Way; readonly high: Way } | null {
  const room = maxNodes === Number.MAX_SAFE_INTEGER ? MOST_OF_WAY : maxNodes;
  const most = Math.max(LEAST_OF_WAY, room);
  if (way.length <= (isFolded ? Math.max(MOST_OF_FOLDED_WAY, most) : most)) return null;
  const half = Math.floor(most * SHARE_OF_END);
  return { low: way.slice(0, half), middle: way.slice(half, -half), high: way.slice(-half) };
}
