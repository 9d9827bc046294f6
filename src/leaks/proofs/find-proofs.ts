import type { HeapFacts } from '../../engine/heap-facts.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { HeapWays } from '../heap-ways.js';
import type { LeakCandidate } from '../rank.js';
import { ItemFinder } from '../tree/item-finder.js';
import type { LatestHeap, Moments } from '../tree/moments.js';
import { findEnded } from './ended-objects.js';

/**
 * Finds objects that have ended and are still held: a suspect for each merged holder with enough of
 * a kind.
 */
export function findProofs(
  moments: Moments,
  heap: LatestHeap,
  facts: HeapFacts,
): readonly LeakCandidate[] {
  const ways = new HeapWays(moments.tree, heap);
  const finder = new ItemFinder(moments, heap);
  const highestIds = moments.all.map(({ highestId }) => highestId);
  const found: LeakCandidate[] = [];
  for (const { kind, objects, least } of findEnded(facts)) {
    for (const [place, held] of byPlace(objects, heap)) {
      const items = finder.find(held, moments.tree.parentOf(place));
      const [newest] = items?.items ?? [];
      if (held.length < least || items === null || newest === undefined) continue;
      const objectsOnWay = ways.objectsTo(newest);
      found.push({
        ...{ evidence: 'proof', proof: kind, holder: items.holder, items: items.items, all: held },
        ...{ isChain: items.isChain, counts: finder.countsOf(held, highestIds) },
        way: ways.textOf(objectsOnWay),
        holderAt: Math.max(0, objectsOnWay.indexOf(items.holder)),
      });
    }
  }
  return found;
}

function byPlace(
  objects: readonly NodeOrdinal[],
  { treeOf, parents }: LatestHeap,
): ReadonlyMap<number, readonly NodeOrdinal[]> {
  const found = new Map<number, NodeOrdinal[]>();
  const all = new Set(objects);
  for (const node of objects) {
    const place = (treeOf[node] ?? 0) - 1;
    // objects that nothing holds are about to go, and so are those that an ended one holds
    if (place < 0 || all.has(parents[node] as NodeOrdinal)) continue;
    const known = found.get(place);
    if (known === undefined) found.set(place, [node]);
    else known.push(node);
  }
  return found;
}
