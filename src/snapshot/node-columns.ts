import { grownCapacity, initialCapacity, resized, trimmed } from './columns.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { LARGE_SIZE } from './snapshot-tables.js';

/** Collects the `nodes` section into columns, in file order. */
export class NodeColumns {
  readonly #layout: SnapshotLayout;
  #types: Uint8Array;
  #names: Uint32Array;
  #ids: Uint32Array;
  #selfSizes: Uint32Array;
  #firstEdge: Uint32Array;
  #detachedness: Uint8Array | null;
  readonly #largeSelfSizes = new Map<number, number>();
  #count = 0;
  #edges = 0;
  #highestName = 0;
  #firstBad = -1;

  constructor(layout: SnapshotLayout) {
    const capacity = initialCapacity(layout.nodeCount);
    this.#layout = layout;
    this.#types = new Uint8Array(capacity);
    this.#names = new Uint32Array(capacity);
    this.#ids = new Uint32Array(capacity);
    this.#selfSizes = new Uint32Array(capacity);
    this.#firstEdge = new Uint32Array(capacity + 1);
    this.#detachedness = layout.node.detachedness < 0 ? null : new Uint8Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** Sum of the nodes' edge counts so far. */
  get edges(): number {
    return this.#edges;
  }

  /** The first node with a negative number, which no field may have; -1 when there is none. */
  get firstBad(): number {
    return this.#firstBad;
  }

  get highestName(): number {
    return this.#highestName;
  }

  /** A RecordSink. */
  add(batch: Float64Array, count: number): void {
    const { stride, type, name, id, selfSize, edgeCount, detachedness } = this.#layout.node;
    this.#ensure(this.#count + Math.ceil(count / stride));
    const first = this.#count;
    let ordinal = first;
    for (let base = 0; base < count; base += stride, ordinal++) {
      const nameIndex = batch[base + name];
      if (nameIndex > this.#highestName) this.#highestName = nameIndex;
      this.#types[ordinal] = this.#layout.nodeTypeMap[Math.min(batch[base + type], 255)];
      this.#names[ordinal] = nameIndex;
      this.#ids[ordinal] = batch[base + id];
      this.#setSize(ordinal, batch[base + selfSize]);
      this.#edges += batch[base + edgeCount];
      this.#firstEdge[ordinal + 1] = this.#edges;
      if (this.#detachedness !== null) this.#detachedness[ordinal] = batch[base + detachedness];
    }
    this.#count = ordinal;
    if (this.#firstBad < 0) this.#findNegative(batch, count, first);
  }

  #findNegative(batch: Float64Array, count: number, first: number): void {
    for (let i = 0; i < count; i++) {
      if (batch[i] >= 0) continue;
      this.#firstBad = first + Math.floor(i / this.#layout.node.stride);
      return;
    }
  }

  finish() {
    const count = this.#count;
    return {
      nodeTypes: trimmed(this.#types, count),
      nodeNames: trimmed(this.#names, count),
      nodeIds: trimmed(this.#ids, count),
      selfSizes: trimmed(this.#selfSizes, count),
      largeSelfSizes: this.#largeSelfSizes,
      firstEdge: trimmed(this.#firstEdge, count + 1),
      detachedness: this.#detachedness === null ? null : trimmed(this.#detachedness, count),
    };
  }

  #setSize(ordinal: number, size: number): void {
    if (size >= LARGE_SIZE) this.#largeSelfSizes.set(ordinal, size);
    this.#selfSizes[ordinal] = Math.min(size, LARGE_SIZE);
  }

  #ensure(needed: number): void {
    if (needed <= this.#types.length) return;
    const capacity = grownCapacity(this.#types.length, needed, this.#layout.nodeCount);
    this.#types = resized(this.#types, capacity);
    this.#names = resized(this.#names, capacity);
    this.#ids = resized(this.#ids, capacity);
    this.#selfSizes = resized(this.#selfSizes, capacity);
    this.#firstEdge = resized(this.#firstEdge, capacity + 1);
    if (this.#detachedness !== null) this.#detachedness = resized(this.#detachedness, capacity);
  }
}
