import { LARGE_SIZE } from '../snapshot/snapshot-tables.js';
import type { Dominators } from './dominators.js';
import type { HeapGraph } from './heap-graph.js';
import type { NodeOrdinal } from './ordinals.js';

/** Sums in bytes; in a heap of more than 2^32 bytes they need more than 32 bits. */
type Sums = Uint32Array | Float64Array;

/** The retained sizes: bytes that would be freed if a node went away, its own size included. */
export class RetainedSizes {
  readonly #numbers: Uint32Array;
  readonly #sums: Sums;

  /** @param sums by preorder number. */
  constructor({ columns }: Dominators, sums: Sums) {
    this.#numbers = columns.numbers;
    this.#sums = sums;
  }

  of(node: NodeOrdinal): number {
    return this.#sums[this.#numbers[node]];
  }

  /** By node ordinal; length nodeCount. */
  toArray(): Float64Array {
    const sizes = new Float64Array(this.#sums.length);
    for (let node = 0; node < sizes.length; node++) sizes[node] = this.of(node as NodeOrdinal);
    return sizes;
  }
}

/**
 * Computes retained sizes. @param sizes shallow sizes by node ordinal; default: those of the file.
 */
export function computeRetainedSizes(
  graph: HeapGraph,
  dominators: Dominators,
  sizes?: Float64Array,
): RetainedSizes {
  const { selfSizes, largeSelfSizes } = graph.tables;
  const own = sizes ?? selfSizes;
  const large = sizes === undefined ? largeSelfSizes : new Map<number, number>();
  const isBeyond = total(own) + total([...large.values()]) > 0xffff_ffff;
  const sums = isBeyond ? new Float64Array(graph.nodeCount) : new Uint32Array(graph.nodeCount);
  addUp(dominators, own, large, sums);
  return new RetainedSizes(dominators, sums);
}

/** Adds up from the last number: a node that is added to its dominator is complete. */
function addUp(
  { columns: { order, dominators } }: Dominators,
  own: Uint16Array | Float64Array,
  large: ReadonlyMap<number, number>,
  sums: Sums,
): void {
  for (let v = order.length - 1; v >= 0; v--) {
    const node = order[v];
    let size = own[node];
    if (size === LARGE_SIZE) size = large.get(node) ?? size;
    size += sums[v];
    sums[v] = size;
    if (v > 0) sums[dominators[v]] += size;
  }
}

function total(sizes: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < sizes.length; i++) sum += sizes[i];
  return sum;
}
