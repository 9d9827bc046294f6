import { resized, roomBeside } from './columns.js';
import type { RecordSink } from './integer-reader.js';
import { MOST_PLAIN_FIELDS, mostPlainBytes, plainStart, readPlainRecord } from './plain-record.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import type { LocationTable } from './snapshot-tables.js';

/** Collects the `locations` section and sorts it by node, so that one can be found by bisection. */
export class LocationColumns implements RecordSink {
  readonly #layout: SnapshotLayout;
  readonly #fields = new Int32Array(MOST_PLAIN_FIELDS);
  #nodes: Uint32Array;
  #scriptIds: Uint32Array;
  #lines: Uint32Array;
  #columns: Uint32Array;
  #count = 0;
  #sorted = true;
  #firstStray = -1;

  constructor(layout: SnapshotLayout) {
    const room = roomBeside(layout.nodeCount);
    this.#layout = layout;
    this.#nodes = new Uint32Array(room);
    this.#scriptIds = new Uint32Array(room);
    this.#lines = new Uint32Array(room);
    this.#columns = new Uint32Array(room);
  }

  addPlain(chunk: Uint8Array, from: number, end: number): number {
    const stride = this.#layout.location?.stride ?? Number.POSITIVE_INFINITY;
    if (stride > MOST_PLAIN_FIELDS) return from;
    const last = end - mostPlainBytes(stride);
    let at = from;
    while (at < last) {
      const start = plainStart(chunk, at, at === from);
      const stop = start < 0 ? -1 : readPlainRecord(chunk, start, stride, this.#fields);
      if (stop < 0) break;
      this.#addRow(this.#fields, 0);
      at = stop;
    }
    return at;
  }

  add(batch: Float64Array, count: number): void {
    const stride = this.#layout.location?.stride ?? Number.POSITIVE_INFINITY;
    for (let base = 0; base + stride <= count; base += stride) this.#addRow(batch, base);
  }

  #addRow(numbers: Float64Array | Int32Array, base: number): void {
    const { location, node, nodeCount } = this.#layout;
    if (location === null) return;
    const row = this.#count++;
    if (row === this.#nodes.length) this.#grow();
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

  /** The first location of no node, or with a number of more than 32 bits; -1 when there is none. */
  get firstStray(): number {
    return this.#firstStray;
  }

  finish(): LocationTable {
    const count = this.#count;
    const table = {
      nodes: this.#nodes.subarray(0, count),
      scriptIds: this.#scriptIds.subarray(0, count),
      lines: this.#lines.subarray(0, count),
      columns: this.#columns.subarray(0, count),
    };
    if (!this.#sorted) sortByNode(table);
    return table;
  }

  #grow(): void {
    const capacity = this.#nodes.length * 2;
    this.#nodes = resized(this.#nodes, capacity);
    this.#scriptIds = resized(this.#scriptIds, capacity);
    this.#lines = resized(this.#lines, capacity);
    this.#columns = resized(this.#columns, capacity);
  }
}

/** With or without a sign: a place V8 could not find out is -1. */
function isInteger32(number: number): boolean {
  return number >= -(2 ** 31) && number < 2 ** 32;
}

/** A radix sort by the lower, then by the upper half of the node; the columns keep their memory. */
function sortByNode(table: LocationTable): void {
  const { nodes } = table;
  const rows = new Uint32Array(nodes.length);
  const scratch = new Uint32Array(nodes.length);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  sortRows(rows, scratch, nodes, 0);
  sortRows(scratch, rows, nodes, 16);
  for (const column of [table.scriptIds, table.lines, table.columns, nodes]) {
    for (let i = 0; i < rows.length; i++) scratch[i] = column[rows[i]];
    column.set(scratch);
  }
}

/** Puts the rows into `sorted` by sixteen bits of their key, otherwise in the order they had. */
function sortRows(rows: Uint32Array, sorted: Uint32Array, keys: Uint32Array, shift: number): void {
  const ends = new Uint32Array(1 << 16);
  for (let i = 0; i < rows.length; i++) ends[(keys[rows[i]] >>> shift) & 0xffff]++;
  for (let digit = 1; digit < ends.length; digit++) ends[digit] += ends[digit - 1];
  for (let i = rows.length - 1; i >= 0; i--) {
    sorted[--ends[(keys[rows[i]] >>> shift) & 0xffff]] = rows[i];
  }
}
