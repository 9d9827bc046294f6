import type { NodeOrdinal } from '../graph/ordinals.js';
import type { LatestHeap, Moments } from './tree/moments.js';

/**
 * The objects below some tree nodes that came after the first moment. What hangs on the links of a chain
 * belongs to it even where other chains of the same links keep it alive, too.
 */
export function newBelow(
  { tree, all, hasLastingIds }: Moments,
  { graph, treeOf }: LatestHeap,
  places: readonly number[],
): readonly NodeOrdinal[] {
  const [first] = all;
  if (first === undefined || !hasLastingIds) return [];
  const isBelow = new Uint8Array(tree.size);
  for (const place of places) isBelow[place] = 1;
  const lowest = places.reduce((least, place) => Math.min(least, place), tree.size);
  // children have greater numbers than their parents
  for (let place = lowest; place < tree.size; place++) {
    if (isBelow[tree.parentOf(place)] === 1) isBelow[place] = 1;
  }
  const found: NodeOrdinal[] = [];
  for (let node = 0; node < treeOf.length; node++) {
    const place = (treeOf[node] ?? 0) - 1;
    if (place < lowest || isBelow[place] === 0) continue;
    const id = graph.idOf(node as NodeOrdinal);
    if (id % 2 === 1 && id > first.highestId) found.push(node as NodeOrdinal);
  }
  return found;
}
