import { resized, trimmed } from './columns.js';
import type { RecordSink } from './integer-reader.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import type { LocationTable } from './snapshot-tables.js';

/** Collects the `locations` section and sorts it by node, so that one can be found by bisection. */
export class LocationColumns implements RecordSink {
  readonly #layout: SnapshotLayout;
  #nodes = new Uint32Array(1024);
  #scriptIds = new Uint32Array(1024);
  #lines = new Uint32Array(1024);
  #columns = new Uint32Array(1024);
  #count = 0;
  #sorted = true;

  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
  }

  /** A small section: the careful loop will do. */
  addPlain(_chunk: Uint8Array, from: number): number {
    return from;
  }

  add(batch: Float64Array, count: number): void {
    const fields = this.#layout.location;
    if (fields === null) return;
    this.#ensure(this.#count + Math.ceil(count / fields.stride));
    for (let base = 0; base + fields.stride <= count; base += fields.stride) {
      const row = this.#count++;
      this.#nodes[row] = batch[base + fields.object] / this.#layout.node.stride;
      this.#scriptIds[row] = batch[base + fields.scriptId];
      this.#lines[row] = batch[base + fields.line];
      this.#columns[row] = batch[base + fields.column];
      if (row > 0 && this.#nodes[row] < this.#nodes[row - 1]) this.#sorted = false;
    }
  }

  finish(): LocationTable {
    const count = this.#count;
    const table = {
      nodes: trimmed(this.#nodes, count),
      scriptIds: trimmed(this.#scriptIds, count),
      lines: trimmed(this.#lines, count),
      columns: trimmed(this.#columns, count),
    };
    return this.#sorted ? table : sortByNode(table);
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

function sortByNode(table: LocationTable): LocationTable {
  const order = orderOf(table.nodes);
  const inOrder = (column: Uint32Array) => order.map((row) => column[row]);
  return {
    nodes: inOrder(table.nodes),
    scriptIds: inOrder(table.scriptIds),
    lines: inOrder(table.lines),
    columns: inOrder(table.columns),
  };
}

/** The rows in the order of their keys: a radix sort by the lower, then by the upper half. */
function orderOf(keys: Uint32Array): Uint32Array {
  const rows = Uint32Array.from({ length: keys.length }, (_, row) => row);
  const lower = sortedBy(rows, (row) => keys[row] & 0xffff);
  return sortedBy(lower, (row) => keys[row] >>> 16);
}

function sortedBy(rows: Uint32Array, digitOf: (row: number) => number): Uint32Array {
  const ends = new Uint32Array(1 << 16);
  for (let i = 0; i < rows.length; i++) ends[digitOf(rows[i])]++;
  for (let digit = 1; digit < ends.length; digit++) ends[digit] += ends[digit - 1];
  const sorted = new Uint32Array(rows.length);
  for (let i = rows.length - 1; i >= 0; i--) sorted[--ends[digitOf(rows[i])]] = rows[i];
  return sorted;
}
