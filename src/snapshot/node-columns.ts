import {
  capacityFor,
  grownCapacity,
  MOST_RECORDS,
  resized,
  sharedColumn,
  trimmed,
} from './columns.js';
import type { RecordSink } from './integer-reader.js';
import { MOST_PLAIN_FIELDS, mostPlainBytes, plainStart, readPlainRecord } from './plain-record.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { LARGE_SIZE } from './snapshot-tables.js';

/** The shortest record, `0,0,0,0,0,`: no node has fewer fields. */
const LEAST_RECORD_BYTES = 10;
/** V8's ids, `SnapshotObjectId`, have 32 bits. */
const MAX_ID = 2 ** 32 - 1;

/** Collects the `nodes` section into columns, in file order. */
export class NodeColumns implements RecordSink {
  readonly #layout: SnapshotLayout;
  readonly #fields = new Int32Array(MOST_PLAIN_FIELDS);
  #types: Uint8Array;
  #names: Uint32Array;
  #ids: Uint32Array;
  #selfSizes: Uint16Array;
  #firstEdge: Uint32Array;
  #detachedness: Uint8Array | null;
  readonly #largeSelfSizes = new Map<number, number>();
  #count = 0;
  #edges = 0;
  #highestName = 0;
  #firstBad = -1;
  #firstHugeId = -1;

  /** @param bytes at most so many can follow, when it is known. */
  constructor(layout: SnapshotLayout, bytes: number | null) {
    const capacity = capacityFor(layout.nodeCount, bytes, LEAST_RECORD_BYTES);
    this.#layout = layout;
    this.#types = new Uint8Array(capacity);
    this.#names = new Uint32Array(capacity);
    this.#ids = new Uint32Array(capacity);
    this.#selfSizes = new Uint16Array(capacity);
    this.#firstEdge = sharedColumn(Uint32Array, capacity + 1);
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

  /** The first node whose id no engine can have given; -1 when there is none. */
  get firstHugeId(): number {
    return this.#firstHugeId;
  }

  get highestName(): number {
    return this.#highestName;
  }

  add(batch: Float64Array, count: number): void {
    const { stride, type, name, id, selfSize, edgeCount, detachedness } = this.#layout.node;
    this.#ensure(this.#count + count / stride);
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
      if (this.#detachedness !== null)
        this.#detachedness[ordinal] = Math.min(batch[base + detachedness], 255);
      if (batch[base + id] > MAX_ID && this.#firstHugeId < 0) this.#firstHugeId = ordinal;
    }
    this.#count = ordinal;
    if (this.#firstBad < 0) this.#findNegative(batch, count, first);
  }

  addPlain(chunk: Uint8Array, from: number, end: number): number {
    const { stride } = this.#layout.node;
    if (stride > MOST_PLAIN_FIELDS) return from;
    const most = this.#count + Math.ceil((end - from) / LEAST_RECORD_BYTES);
    this.#ensure(Math.min(most, this.#layout.nodeCount, MOST_RECORDS));
    return this.#readPlain(chunk, from, end - mostPlainBytes(stride));
  }

  /** Most of a section goes through this loop; it works for any order of the fields. */
  #readPlain(chunk: Uint8Array, from: number, last: number): number {
    const { stride, type, name, id, selfSize, edgeCount, detachedness } = this.#layout.node;
    const typeMap = this.#layout.nodeTypeMap;
    const types = this.#types;
    const names = this.#names;
    const ids = this.#ids;
    const selfSizes = this.#selfSizes;
    const firstEdge = this.#firstEdge;
    const detached = this.#detachedness;
    const fields = this.#fields;
    const limit = Math.min(this.#layout.nodeCount, types.length);
    let { highestName, edges, count: ordinal } = this;
    const first = ordinal;
    let at = from;
    while (at < last && ordinal < limit) {
      const start = plainStart(chunk, at, ordinal === first);
      const end = start < 0 ? -1 : readPlainRecord(chunk, start, stride, fields);
      if (end < 0) break;
      at = end;
      const nameIndex = fields[name];
      if (nameIndex > highestName) highestName = nameIndex;
      types[ordinal] = typeMap[Math.min(fields[type], 255)];
      names[ordinal] = nameIndex;
      ids[ordinal] = fields[id];
      const size = fields[selfSize];
      selfSizes[ordinal] = size;
      if (size >= LARGE_SIZE) this.#setSize(ordinal, size);
      edges += fields[edgeCount];
      // pages that are never written to cost nothing: most heaps have no detached node
      const state = detached === null ? 0 : fields[detachedness];
      if (detached !== null && state !== 0) detached[ordinal] = Math.min(state, 255);
      firstEdge[++ordinal] = edges;
    }
    this.#highestName = highestName;
    this.#edges = edges;
    this.#count = ordinal;
    return at;
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
