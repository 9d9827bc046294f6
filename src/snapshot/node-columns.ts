import {
  capacityFor,
  grownCapacity,
  MOST_RECORDS,
  resized,
  sharedColumn,
  trimmed,
} from './columns.js';
import { IdRuns } from './id-runs.js';
import type { RecordSink } from './integer-reader.js';
import type { PieceOfRows } from './piece-of-rows.js';
import { separatorBehind } from './separator.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { LARGE_SIZE } from './snapshot-tables.js';
import { type TextKernel, WINDOW_BYTES } from './text-kernel.js';

/** The shortest record, `0,0,0,0,0,`: no node has fewer fields. */
const LEAST_RECORD_BYTES = 10;
/** Keeps detachedness as it is written; any byte. */
const SAME = Uint8Array.from({ length: 256 }, (_, i) => i);
/** V8's ids have 32 bits; other writers use addresses, which have more. */
const ID_RANGE = 2 ** 32;

/** Collects the `nodes` section into columns, in file order. */
export class NodeColumns implements RecordSink {
  readonly #layout: SnapshotLayout;
  readonly #kernel: TextKernel | null;
  #types: Uint8Array;
  #names: Uint32Array;
  #ids: Uint32Array;
  #idsAbove: Uint32Array | null = null;
  #selfSizes: Uint16Array;
  #firstEdge: Uint32Array;
  #detachedness: Uint8Array | null;
  readonly #idRuns = new IdRuns();
  readonly #largeSelfSizes = new Map<number, number>();
  readonly #nativeSizes: Map<number, number> | null;
  #count = 0;
  #edges = 0;
  #highestName = 0;
  #firstBad = -1;

  /**
   * @param bytes the most that can follow, if known.
   * @param kernel reads plain records; without one, all are read one by one.
   */
  constructor(layout: SnapshotLayout, bytes: number | null, kernel: TextKernel | null = null) {
    const capacity = capacityFor(layout.nodeCount, bytes, LEAST_RECORD_BYTES);
    this.#layout = layout;
    this.#kernel = kernel;
    this.#types = new Uint8Array(capacity);
    this.#names = new Uint32Array(capacity);
    this.#ids = new Uint32Array(capacity);
    this.#selfSizes = new Uint16Array(capacity);
    this.#firstEdge = sharedColumn(Uint32Array, capacity + 1);
    this.#detachedness = layout.node.detachedness < 0 ? null : new Uint8Array(capacity);
    this.#nativeSizes = layout.node.nativeSize < 0 ? null : new Map();
  }

  get count(): number {
    return this.#count;
  }

  /** Sum of the nodes' edge counts so far. */
  get edges(): number {
    return this.#edges;
  }

  /** The first node with a negative number, which no field may have; -1 if there is none. */
  get firstBad(): number {
    return this.#firstBad;
  }

  /** False if two nodes might have the same id. */
  get hasUniqueIds(): boolean {
    return this.#idsAbove === null && this.#idRuns.areUnique(this.#ids);
  }

  get highestName(): number {
    return this.#highestName;
  }

  add(batch: Float64Array, count: number): void {
    const { stride, type, name, selfSize, edgeCount, detachedness } = this.#layout.node;
    this.#ensure(this.#count + count / stride);
    const first = this.#count;
    let ordinal = first;
    for (let base = 0; base < count; base += stride, ordinal++) {
      const nameIndex = batch[base + name];
      if (nameIndex > this.#highestName) this.#highestName = nameIndex;
      this.#types[ordinal] = this.#layout.nodeTypeMap[Math.min(batch[base + type], 255)];
      this.#names[ordinal] = nameIndex;
      this.#setId(ordinal, batch[base + this.#layout.node.id]);
      this.#setSize(ordinal, batch[base + selfSize] + this.#noteNative(ordinal, batch, base));
      this.#edges += batch[base + edgeCount];
      this.#firstEdge[ordinal + 1] = this.#edges;
      if (this.#detachedness !== null)
        this.#detachedness[ordinal] = Math.min(batch[base + detachedness], 255);
    }
    this.#idRuns.add(this.#ids.subarray(first, ordinal));
    this.#count = ordinal;
    if (this.#firstBad < 0) this.#findNegative(batch, count, first);
  }

  addPlain(chunk: Uint8Array, from: number, end: number): number {
    const kernel = this.#kernel;
    const { stride: fields } = this.#layout.node;
    const separator = separatorBehind(chunk, from, fields);
    if (kernel === null || separator === null) return from;
    const last = end - WINDOW_BYTES;
    let at = from;
    while (at < last) {
      const next = kernel.readRows(chunk, at, last, { fields, separator });
      const count = this.#count + kernel.count;
      // more than announced: the careful loop reports it
      if (
        kernel.count === 0 ||
        count > Math.min(this.#layout.nodeCount || MOST_RECORDS, MOST_RECORDS)
      )
        break;
      this.#ensure(count);
      this.#take(kernel.rows);
      this.#count = count;
      at = next;
    }
    return at === from ? from : at - separator.bytes;
  }

  #take(rows: PieceOfRows): void {
    const { type, name, edgeCount, detachedness } = this.#layout.node;
    const first = this.#count;
    this.#highestName = Math.max(this.#highestName, rows.highest(name));
    this.#names.set(rows.numbers(name), first);
    this.#takeIds(rows);
    this.#takeSizes(rows);
    this.#edges = rows.addUp(edgeCount, this.#edges);
    this.#firstEdge.set(rows.numbers(edgeCount), first + 1);
    this.#types.set(rows.bytes(type, this.#layout.nodeTypeMap), first);
    // pages that are never written to cost nothing: most heaps have no detached node
    if (this.#detachedness === null || rows.highest(detachedness) === 0) return;
    this.#detachedness.set(rows.bytes(detachedness, SAME), first);
  }

  #takeIds(rows: PieceOfRows): void {
    const { id } = this.#layout.node;
    const ids = rows.numbers(id);
    this.#ids.set(ids, this.#count);
    if (rows.rises(id, 1)) this.#idRuns.addRising(ids[0], ids[ids.length - 1], ids.length);
    else this.#idRuns.add(ids);
  }

  #takeSizes(rows: PieceOfRows): void {
    const { selfSize, nativeSize } = this.#layout.node;
    const first = this.#count;
    if (nativeSize >= 0 && rows.highest(nativeSize) > 0) {
      const [own, native] = [rows.numbers(selfSize), rows.numbers(nativeSize)];
      for (let i = 0; i < rows.count; i++) {
        if (native[i] > 0) this.#nativeSizes?.set(first + i, native[i]);
        this.#setSize(first + i, own[i] + native[i]);
      }
      return;
    }
    if (rows.highest(selfSize) >= LARGE_SIZE) this.#noteLargeSizes(rows.numbers(selfSize), first);
    this.#selfSizes.set(rows.halves(selfSize), first);
  }

  #noteLargeSizes(sizes: Uint32Array, first: number): void {
    for (let i = 0; i < sizes.length; i++) {
      if (sizes[i] >= LARGE_SIZE) this.#largeSelfSizes.set(first + i, sizes[i]);
    }
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
      nodeIdsAbove: this.#idsAbove === null ? null : trimmed(this.#idsAbove, count),
      nativeSizes: this.#nativeSizes,
      selfSizes: trimmed(this.#selfSizes, count),
      largeSelfSizes: this.#largeSelfSizes,
      firstEdge: trimmed(this.#firstEdge, count + 1),
      detachedness: this.#detachedness === null ? null : trimmed(this.#detachedness, count),
    };
  }

  #setId(ordinal: number, id: number): void {
    this.#ids[ordinal] = id;
    if (id < ID_RANGE) return;
    this.#idsAbove ??= new Uint32Array(this.#ids.length);
    this.#idsAbove[ordinal] = Math.floor(id / ID_RANGE);
  }

  /** Adds memory outside the heap that belongs to an object. */
  #noteNative(ordinal: number, batch: Float64Array, base: number): number {
    if (this.#nativeSizes === null) return 0;
    const size = batch[base + this.#layout.node.nativeSize];
    if (size > 0) this.#nativeSizes.set(ordinal, size);
    return size;
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
    if (this.#idsAbove !== null) this.#idsAbove = resized(this.#idsAbove, capacity);
    this.#selfSizes = resized(this.#selfSizes, capacity);
    this.#firstEdge = resized(this.#firstEdge, capacity + 1);
    if (this.#detachedness !== null) this.#detachedness = resized(this.#detachedness, capacity);
  }
}
