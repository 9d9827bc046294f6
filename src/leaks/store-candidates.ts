import type { NodeOrdinal } from '../graph/ordinals.js';
import type { HeapWays } from './heap-ways.js';
import { excuseOfWay } from './not-a-leak.js';
import type { LeakCandidate } from './rank.js';
import type { Evidence } from './suspect.js';
import type { LatestHeap, Moments } from './tree/moments.js';
import { findStores, type GrowingStore } from './tree/store-finder.js';

/** Steps of an array that grows are up to so unlike though what is put into it comes evenly. */
const SLOWING = 0.25;
/** Steps up from a store: whatever it belongs to is nearer. */
const MOST_ABOVE = 100;

interface Known {
  readonly ways: HeapWays;
  /** Holders that grew by objects. */
  readonly known: readonly (Pick<LeakCandidate, 'holder' | 'items'> & {
    readonly all?: readonly NodeOrdinal[];
  })[];
}

/** Candidates that grew without objects: lists of numbers, texts, bytes; without those that belong to one that grew by objects. */
export function storeCandidates(
  moments: Moments,
  heap: LatestHeap,
  { ways, known }: Known,
): readonly LeakCandidate[] {
  const holders = new Set(known.map(({ holder }) => holder));
  const items = new Set(known.flatMap(({ items: newest, all }) => all ?? newest));
  const isKnown = (owner: NodeOrdinal) => {
    let at = owner;
    for (let step = 0; step < MOST_ABOVE && at !== heap.graph.root; step++) {
      if (items.has(at) || (step === 0 && holders.has(at))) return true;
      at = heap.parents[at] as NodeOrdinal;
    }
    return false;
  };
  return findStores(moments, heap, isKnown).flatMap((store) => toCandidate(store, ways) ?? []);
}

function toCandidate({ owner, parts, sizes }: GrowingStore, ways: HeapWays): LeakCandidate | null {
  const [top] = parts;
  if (top === undefined) return null;
  // a table is a part of its array or Map; a text or a Buffer has a name of its own
  const holder = ways.isPart(top) ? owner : top;
  const way = ways.textOf(ways.objectsTo(holder));
  if (excuseOfWay(way, parts.length) !== null) return null;
  return {
    ...{ holder, items: [holder], all: parts, isChain: false, unit: 'bytes', counts: sizes },
    ...{ evidence: evidenceOf(sizes), way, holderAt: way.length - 1 },
  };
}

function evidenceOf(sizes: readonly number[]): Evidence {
  const rises = sizes.slice(1).map((size, m) => size - (sizes[m] ?? 0));
  const [last = 0] = rises.slice(-1);
  const isSteady = rises.every((rise) => rise > 0 && last >= rise * SLOWING);
  return sizes.length >= 3 && isSteady ? 'leak' : 'growth';
}
