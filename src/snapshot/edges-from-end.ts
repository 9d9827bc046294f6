import { type EdgeArrays, LEAST_INDEX, MOST_INDEX, UNNAMED } from './edge-columns.js';
import { separatorBehind } from './separator.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import type { EdgeShape, TextKernel } from './text-kernel.js';

const LINE_BREAK = 0x0a;
const OPENING_BRACKET = 0x5b;
const FIELDS = 3;

/** The longest record that is read here, white space included. */
const MOST_RECORD_BYTES = 80;
const LAST_RECORD = /(?<=[,[\n])(\d),(-?\d{1,15}),(\d{1,15})\s*$/;
const RECORD = /^(\d),(-?\d{1,15}),(\d{1,15})/;

/**
 * Reads the `edges` section from its end, piece by piece, into arrays whose length is the number of
 * edges, so that the number of edges before is not needed. For files with one edge per line, as
 * engines write them. Stops for good at anything unexpected; the reader from the front then finds
 * it again and can report its position.
 */
export class EdgesFromEnd {
  readonly #layout: SnapshotLayout;
  readonly #arrays: EdgeArrays;
  readonly #kernel: TextKernel;
  #shape: EdgeShape | null = null;
  #highestName = 0;
  /** The number of edges put into the arrays, and the number read of the current piece. */
  #count = 0;
  #waiting = 0;

  /** @param layout with the usual three fields in their usual order. */
  constructor(layout: SnapshotLayout, arrays: EdgeArrays, kernel: TextKernel) {
    this.#layout = layout;
    this.#arrays = arrays;
    this.#kernel = kernel;
  }

  get count(): number {
    return this.#count;
  }

  get highestName(): number {
    return this.#highestName;
  }

  /**
   * Reads the records that begin in a piece of text. It ends where a record read before begins; the
   * first piece ends where the section does.
   *
   * @returns where the first record read begins, null if something is unexpected. Records before
   *   the first line break are left for the next call: they may begin before the piece.
   */
  read(piece: Uint8Array): number | null {
    this.#waiting = 0;
    if (piece.indexOf(LINE_BREAK) < 0) return isShort(piece) ? piece.length : null;
    const last = this.#shape === null ? this.#findLast(piece) : null;
    if (this.#shape === null) return isShort(piece) ? piece.length : null;
    const start = this.#readBehindStart(piece, last === null ? piece.length : last.at);
    if (start === null) return isShort(piece) ? piece.length : null;
    if (last !== null && !this.#append(last.record)) return null;
    return this.#put() ? start : null;
  }

  /**
   * Reads from the first line break on, or, if that is not in this section, from the bracket that
   * opens it.
   */
  #readBehindStart(piece: Uint8Array, end: number): number | null {
    const { word } = (this.#shape as EdgeShape).separator;
    const start = piece.indexOf(LINE_BREAK) + ((word & 0xff) === LINE_BREAK ? 2 : 1);
    if (this.#readForward(piece, start, end)) return start;
    this.#waiting = 0;
    const bracket = piece.indexOf(OPENING_BRACKET);
    return bracket >= 0 && this.#readForward(piece, bracket + 1, end) ? bracket + 1 : null;
  }

  /**
   * Finds the last record, which has no separator after it; the record before it shows which one is
   * used.
   */
  #findLast(piece: Uint8Array): { at: number; record: RegExpExecArray } | null {
    const from = Math.max(0, piece.length - MOST_RECORD_BYTES);
    const record = LAST_RECORD.exec(textOf(piece, from, piece.length));
    const start = piece.indexOf(LINE_BREAK);
    if (record === null || start < 0) return null;
    const isAfterComma = piece[start + 1] === 0x2c;
    const separator = separatorBehind(piece, start + (isAfterComma ? 2 : 1), FIELDS);
    if (separator?.bytes !== 2) return null;
    const { node, nodeCount } = this.#layout;
    this.#shape = { separator, stride: node.stride, nodeCount };
    return { at: from + record.index, record };
  }

  #readForward(piece: Uint8Array, from: number, end: number): boolean {
    const shape = this.#shape as EdgeShape;
    let at = from;
    while (at < end) {
      at = this.#kernel.readEdges(piece, at, end, shape, this.#waiting);
      this.#waiting += this.#kernel.count;
      if (at >= end) break;
      // a record with large numbers, such as an element index from 10^10 up
      const record = RECORD.exec(textOf(piece, at, at + MOST_RECORD_BYTES));
      if (record === null || !this.#append(record)) return false;
      at += record[0].length;
      if ((piece[at] | (piece[at + 1] << 8)) !== shape.separator.word) return false;
      at += 2;
    }
    return at === end;
  }

  /** Appends a record to those of the piece; false for one that no engine writes. */
  #append(record: RegExpExecArray): boolean {
    const [type = 0, name = 0, offset = 0] = record.slice(1).map(Number);
    const { edgeTypeMap, node, nodeCount } = this.#layout;
    const target = offset / node.stride;
    const isNamed = !UNNAMED.includes(edgeTypeMap[type]);
    if (!Number.isInteger(target) || target >= nodeCount) return false;
    if (name < (isNamed ? 0 : LEAST_INDEX) || name > MOST_INDEX) return false;
    const { types, names, targets } = this.#kernel.edges;
    if (this.#waiting === types.length) return false;
    types[this.#waiting] = type;
    names[this.#waiting] = name;
    targets[this.#waiting++] = target;
    return true;
  }

  /** Puts the edges of the piece before those read so far. */
  #put(): boolean {
    const count = this.#waiting;
    const { types, names, targets } = this.#arrays;
    const first = types.length - this.#count - count;
    if (first < 0) return false;
    const highest = this.#kernel.finishEdges(count, this.#layout.edgeTypeMap, UNNAMED);
    this.#highestName = Math.max(this.#highestName, highest);
    const { edges } = this.#kernel;
    types.set(edges.types.subarray(0, count), first);
    names.set(edges.names.subarray(0, count), first);
    targets.set(edges.targets.subarray(0, count), first);
    this.#count += count;
    return true;
  }
}

/** True if the piece may contain no whole record. */
function isShort(piece: Uint8Array): boolean {
  return piece.length < 2 * MOST_RECORD_BYTES;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1');
}
