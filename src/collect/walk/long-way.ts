import type { Way } from './walk-ways.js';

/** Steps of a way that are drawn unless `--max-nodes` says how many objects are. */
const MOST_OF_WAY = 200;
/** As many where rounds that repeat are drawn as one box. */
const MOST_OF_FOLDED_WAY = 2000;
/** A way that is no longer is never cut in its middle. */
const LEAST_OF_WAY = 100;
/** Of the steps that are drawn of a longer way, those at each of its ends: some room is left for other holders. */
const SHARE_OF_END = 5 / 12;

/** The two ends of a way that is too long to be drawn, as a list of a million objects is; null for others. */
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
