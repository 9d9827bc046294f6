import type { HeapFacts } from '../../engine/heap-facts.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { HeapWays } from '../heap-ways.js';
import { type LeakCandidate, riseOf } from '../rank.js';
import { ItemFinder } from '../tree/item-finder.js';
import { TREE_ROOT } from '../tree/merged-tree.js';
import type { LatestHeap, Moments } from '../tree/moments.js';
import { findEnded } from './ended-objects.js';
import type { ProofKind } from './proof.js';

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
  const ended = findEnded(facts);
  const kinds = new Map(
    ended.flatMap(({ kind, objects }) => objects.map((node) => [node, kind] as const)),
  );
  for (const { kind, objects, least, leastBytes = 0 } of ended) {
    const apart = objects.filter((node) => !goesWithAnother(node, kinds, heap));
    for (const [place, held] of byPlace(apart, heap)) {
      const items = finder.find(held, moments.tree.parentOf(place));
      const [newest] = items?.items ?? [];
      if (held.length < least || items === null || newest === undefined) continue;
      const counts = finder.countsOf(held, highestIds);
      if (leastBytes > 0 && !isMuch({ counts, bytes: bytesOf(held, facts) }, leastBytes)) continue;
      const objectsOnWay = ways.objectsTo(newest);
      found.push({
        ...{ evidence: 'proof', proof: kind, holder: items.holder, items: items.items, all: held },
        ...{ isChain: items.isChain, counts },
        way: ways.textOf(objectsOnWay),
        holderAt: Math.max(0, objectsOnWay.indexOf(items.holder)),
      });
    }
  }
  return found.length <= MOST_PROOFS ? found : mostFirst(found).slice(0, MOST_PROOFS);
}

/** The number of rows of proof: nobody reads more. */
const MOST_PROOFS = 30;

function mostFirst(found: readonly LeakCandidate[]): readonly LeakCandidate[] {
  return [...found].sort((a, b) => b.all.length - a.all.length);
}

/**
 * True for an object that belongs to another ended one and goes with it, such as parts of a
 * disposed object.
 */
function goesWithAnother(
  object: NodeOrdinal,
  kinds: ReadonlyMap<NodeOrdinal, ProofKind>,
  { parents, treeOf }: LatestHeap,
): boolean {
  const own = kinds.get(object);
  let at = object;
  for (let step = 0; step < MOST_ABOVE && (treeOf[at] ?? 0) - 1 > TREE_ROOT; step++) {
    at = parents[at] as NodeOrdinal;
    const kind = kinds.get(at);
    if (kind !== undefined && (kind !== own || kind === 'disposed')) return true;
  }
  return false;
}

/** The number of steps up: an owner is nearer than this. */
const MOST_ABOVE = 100;

function bytesOf(held: readonly NodeOrdinal[], { retainedSizes }: HeapFacts): number {
  return held.reduce((sum, node) => sum + retainedSizes.of(node), 0);
}

/**
 * True if it is much, and, with several moments, if it grew: what a program captured when it
 * started stays.
 */
function isMuch(
  { counts, bytes }: { readonly counts: readonly number[]; readonly bytes: number },
  leastBytes: number,
): boolean {
  return bytes >= leastBytes && (counts.length === 1 || riseOf(counts) > 0);
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
