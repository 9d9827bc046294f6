import { resized, roomBeside } from './columns.js';
import type { RecordSink } from './integer-reader.js';
import { LocationTable } from './location-table.js';
import type { PieceOfRows } from './piece-of-rows.js';
import { separatorBehind } from './separator.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { type TextKernel, WINDOW_BYTES } from './text-kernel.js';

/** Collects the `locations` section. */
export class LocationColumns implements RecordSink {
  readonly #layout: SnapshotLayout;
  readonly #kernel: TextKernel | null;
  #nodes: Uint32Array;
  #scriptIds: Uint32Array;
  #lines: Uint32Array;
  #columns: Uint32Array;
  #count = 0;
  #sorted = true;
  #firstStray = -1;

  /** @param kernel reads plain records; without one, all are read one by one. */
  constructor(layout: SnapshotLayout, kernel: TextKernel | null = null) {
    const room = roomBeside(layout.nodeCount);
    this.#layout = layout;
    this.#kernel = kernel;
    this.#nodes = new Uint32Array(room);
    this.#scriptIds = new Uint32Array(room);
    this.#lines = new Uint32Array(room);
    this.#columns = new Uint32Array(room);
  }

  addPlain(chunk: Uint8Array, from: number, end: number): number {
    const kernel = this.#kernel;
    const fields = this.#layout.location?.stride ?? 0;
    const separator = separatorBehind(chunk, from, fields);
    if (kernel === null || separator === null) return from;
    const last = end - WINDOW_BYTES;
    let at = from;
    while (at < last) {
      const next = kernel.readRows(chunk, at, last, { fields, separator });
      if (kernel.count === 0 || !this.#take(kernel.rows)) break;
      at = next;
    }
    return at === from ? from : at - separator.bytes;
  }

  /** Takes all rows, or none if one does not belong to a node. */
  #take(rows: PieceOfRows): boolean {
    const { location, node, nodeCount } = this.#layout;
    if (location === null) return false;
    const { object, scriptId, line, column } = location;
    if (!rows.divide(object, node.stride) || rows.highest(object) >= nodeCount) return false;
    const first = this.#count;
    this.#ensure(first + rows.count);
    this.#nodes.set(rows.numbers(object), first);
    if (first > 0 && this.#nodes[first] < this.#nodes[first - 1]) this.#sorted = false;
    this.#sorted = this.#sorted && rows.rises(object, 0);
    this.#scriptIds.set(rows.numbers(scriptId), first);
    this.#lines.set(rows.numbers(line), first);
    this.#columns.set(rows.numbers(column), first);
    this.#count += rows.count;
    return true;
  }

  add(batch: Float64Array, count: number): void {
    const stride = this.#layout.location?.stride ?? Number.POSITIVE_INFINITY;
    for (let base = 0; base + stride <= count; base += stride) this.#addRow(batch, base);
  }

  #addRow(numbers: Float64Array, base: number): void {
    const { location, node, nodeCount } = this.#layout;
    if (location === null) return;
    const row = this.#count++;
    this.#ensure(this.#count);
    const target = numbers[base + location.object] / node.stride;
    const scriptId = numbers[base + location.scriptId];
    const line = numbers[base + location.line];
    const column = numbers[base + location.column];
    this.#nodes[row] = target;
    this.#scriptIds[row] = scriptId;
    this.#lines[row] = line;
    this.#columns[row] = column;
    if (row > 0 && this.#nodes[row] < this.#nodes[row - 1]) this.#sorted = false;
    const isNode = this.#nodes[row] === target && target < nodeCount;
    const isPlace = isInteger32(scriptId) && isInteger32(line) && isInteger32(column);
    if (!(isNode && isPlace) && this.#firstStray < 0) this.#firstStray = row;
  }

  /**
   * The first location that does not belong to a node, or has a number of more than 32 bits; -1 if
   * there is none.
   */
  get firstStray(): number {
    return this.#firstStray;
  }

  finish(): LocationTable {
    const count = this.#count;
    const columns = {
      nodes: this.#nodes.subarray(0, count),
      scriptIds: this.#scriptIds.subarray(0, count),
      lines: this.#lines.subarray(0, count),
      columns: this.#columns.subarray(0, count),
    };
    return new LocationTable(columns, { isSorted: this.#sorted });
  }

  #ensure(needed: number): void {
    if (needed <= this.#nodes.length) return;
    const capacity = Math.max(needed, this.#nodes.length * 2);
    this.#nodes = resized(this.#nodes, capacity);
    this.#scriptIds = resized(this.#scriptIds, capacity);
    this.#lines = resized(this.#lines, capacity);
    this.#columns = resized(this.#columns, capacity);
  }
}

/** True for 32 bits with or without a sign: -1 is a position that V8 could not determine. */
function isInteger32(number: number): boolean {
  return number >= -(2 ** 31) && number < 2 ** 32;
}
