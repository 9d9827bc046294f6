import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { Neighbour } from './neighbour.js';
import { keepsAlive } from './rank-holders.js';
import { type HolderGraph, holdingOf, nodeAt, type Way } from './walk-ways.js';

/**
 * The shortest path up from a node to one that lost a living holder to `--hide`; null without such
 * a node.
 */
export function wayToHidden(
  start: NodeOrdinal,
  { holdersOf, isReachable }: HolderGraph,
  hiddenOf: (node: NodeOrdinal) => readonly Neighbour[],
): Way | null {
  if (!isReachable(start)) return null;
  const ways = new Map<NodeOrdinal, NodeOrdinal | null>([[start, null]]);
  // a Map can grow while it is iterated, so it serves as the queue
  for (const node of ways.keys()) {
    if (hiddenOf(node).some(keepsAlive)) return backFrom(node, ways);
    for (const holder of holdersOf(node)) {
      if (!keepsAlive(holder) || 'frame' in holder.end) continue;
      const next = nodeAt(holdingOf(holder));
      if (!ways.has(next)) ways.set(next, node);
    }
  }
  return null;
}

function backFrom(last: NodeOrdinal, ways: ReadonlyMap<NodeOrdinal, NodeOrdinal | null>): Way {
  const way: NodeOrdinal[] = [];
  for (let at = last; ; ) {
    const below = ways.get(at) ?? null;
    if (below === null) return way.reverse();
    way.push(at);
    at = below;
  }
}
