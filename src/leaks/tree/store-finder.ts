import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { LatestHeap, Moments } from './moments.js';
import { OwnStores } from './own-stores.js';

/** An object of which a store became larger: an array of numbers, a text, bytes outside the heap. */
export interface GrowingStore {
  readonly owner: NodeOrdinal;
  /** Its parts, the one to which the owner refers first. */
  readonly parts: readonly NodeOrdinal[];
  /** Bytes at each moment. */
  readonly sizes: readonly number[];
}

/** Bytes more from moment to moment that do not come by chance. */
const LEAST_RISE = 1024;
/** Tables grow by steps, so from one moment to another nothing may change: then it must be as much on the whole. */
const LEAST_STEPPED = 32 * 1024;
const MOST_STORES = 10;
const MOST_LOOKED_AT = 100;

/** The stores that never shrank and grew, those that grew most first. */
export function findStores(
  { all }: Moments,
  heap: LatestHeap,
  isKnown: (owner: NodeOrdinal) => boolean,
): readonly GrowingStore[] {
  const last = all.at(-1);
  if (last === undefined || all.length < 2) return [];
  const grown = [...last.stores.keys()]
    .map((id) => ({ id, sizes: sizesOf(all, id) }))
    .filter(({ sizes }) => isGrowing(sizes))
    .sort((a, b) => riseOf(b.sizes) - riseOf(a.sizes));
  const ordinals = new Map(heap.graph.withIds(grown.map(({ id }) => id)));
  const found: { readonly owner: NodeOrdinal; readonly sizes: readonly number[] }[] = [];
  for (const { id, sizes } of grown) {
    const owner = ordinals.get(id);
    if (owner === undefined || isKnown(owner)) continue;
    found.push({ owner, sizes });
    if (found.length === MOST_LOOKED_AT) break;
  }
  if (found.length === 0) return [];
  const parts = new OwnStores(heap).largestOf(new Set(found.map(({ owner }) => owner)));
  return found
    .map((store) => ({ ...store, parts: parts.get(store.owner) ?? [] }))
    .filter(({ parts: [top] }) => top !== undefined && !isTableOfObjects(heap, top))
    .slice(0, MOST_STORES);
}

/** A table that grows with what it holds: that is counted where it is held first. */
function isTableOfObjects({ graph }: LatestHeap, top: NodeOrdinal): boolean {
  if (graph.typeOf(top) !== NodeType.array) return false;
  const held = new Set<NodeOrdinal>();
  for (let edge = graph.firstEdge(top); edge < graph.endEdge(top); edge++) {
    const target = graph.targetOf(edge);
    if (COUNTED.has(graph.typeOf(target))) held.add(target);
    if (held.size > FEW) return true;
  }
  return false;
}

const COUNTED: ReadonlySet<number> = new Set([
  ...[NodeType.object, NodeType.closure, NodeType.string, NodeType.symbol, NodeType.array],
  NodeType.hidden,
  ...[NodeType['concatenated string'], NodeType['sliced string']],
]);
/** Names of classes and the like. */
const FEW = 8;

/** An object that came later has no size at the first moments: it did not grow, it came. */
function sizesOf(all: Moments['all'], id: number): readonly number[] {
  return all.map(({ stores, highestId }) => stores.get(id) ?? (id <= highestId ? 0 : Number.NaN));
}

function isGrowing(sizes: readonly number[]): boolean {
  const rises = sizes.slice(1).map((size, m) => size - (sizes[m] ?? 0));
  if (!rises.every((rise) => rise >= 0)) return false;
  if (sizes.length > 2 && rises.every((rise) => rise >= LEAST_RISE)) return true;
  return riseOf(sizes) >= LEAST_STEPPED;
}

function riseOf(sizes: readonly number[]): number {
  return (sizes.at(-1) ?? 0) - (sizes[0] ?? 0);
}
