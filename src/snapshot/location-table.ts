/** Source positions as in the file; the columns have the same length. */
export interface LocationColumnsRead {
  readonly nodes: Uint32Array;
  readonly scriptIds: Uint32Array;
  /** Starts at 0, as in the file. */
  readonly lines: Uint32Array;
  /** Starts at 0, as in the file. */
  readonly columns: Uint32Array;
}

/** Sorting takes as long as this many passes over the column of nodes. */
const CHEAP_SEARCHES = 200;

/**
 * Source positions of nodes. A picture needs a few, for which sorting would take longer than
 * searching.
 */
export class LocationTable implements LocationColumnsRead {
  readonly nodes: Uint32Array;
  readonly scriptIds: Uint32Array;
  readonly lines: Uint32Array;
  readonly columns: Uint32Array;
  #isSorted: boolean;
  #searches = 0;

  /** `isSorted` says that the nodes ascend. */
  constructor(read: LocationColumnsRead, { isSorted }: { readonly isSorted: boolean }) {
    this.nodes = read.nodes;
    this.scriptIds = read.scriptIds;
    this.lines = read.lines;
    this.columns = read.columns;
    this.#isSorted = isSorted;
  }

  /** The row of a node, valid until the next call; -1 if there is none. */
  rowOf(node: number): number {
    if (!this.#isSorted && ++this.#searches <= CHEAP_SEARCHES) return this.nodes.indexOf(node);
    this.sort();
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.nodes[middle] < node) low = middle + 1;
      else high = middle;
    }
    return this.nodes[low] === node ? low : -1;
  }

  /** Sorts the rows by node. */
  sort(): void {
    if (!this.#isSorted) sortByNode(this);
    this.#isSorted = true;
  }
}

/** A radix sort by the lower, then by the upper half of the node; the columns keep their memory. */
function sortByNode(table: LocationColumnsRead): void {
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

/** Sorts the rows into `sorted` by sixteen bits of their key; equal ones keep their order. */
function sortRows(rows: Uint32Array, sorted: Uint32Array, keys: Uint32Array, shift: number): void {
  const ends = new Uint32Array(1 << 16);
  for (let i = 0; i < rows.length; i++) ends[(keys[rows[i]] >>> shift) & 0xffff]++;
  for (let digit = 1; digit < ends.length; digit++) ends[digit] += ends[digit - 1];
  for (let i = rows.length - 1; i >= 0; i--) {
    sorted[--ends[(keys[rows[i]] >>> shift) & 0xffff]] = rows[i];
  }
}
