import { readFileSync } from 'node:fs';
import { PieceOfRows, type RowLoops } from './piece-of-rows.js';
import type { Separator } from './separator.js';

/** The number of bytes read from a file at once. */
export const TEXT_BYTES = 1 << 20;
/**
 * The number of bytes processed at once, so that the text and the result stay in the processor's
 * cache.
 */
export const PIECE_BYTES = 128 << 10;
/** The number of bytes that the loops examine from the start of a record. */
export const WINDOW_BYTES = 64;
const SLACK_BYTES = 2 * WINDOW_BYTES;

/**
 * The most records in a piece: the shortest edge is `0,0,0,`, the shortest string `"",`; a row has
 * two bytes for each field.
 */
const MOST_EDGES = Math.ceil(PIECE_BYTES / 6);
/** The loop for edges may take one more than requested. */
const EDGE_ROOM = MOST_EDGES + 1;
const MOST_STRINGS = Math.ceil(PIECE_BYTES / 3);
const MOST_NUMBERS = Math.ceil(PIECE_BYTES / 2);

const PAGE_BYTES = 1 << 16;
const TABLE = 0;
const TABLE_BYTES = 256;
const PIECE = TABLE + TABLE_BYTES;
const AREAS = PIECE + PIECE_BYTES + SLACK_BYTES;
const COLUMNS = align(AREAS + 2 * (TEXT_BYTES + SLACK_BYTES));
const EDGE_NAMES = COLUMNS;
const EDGE_TARGETS = align(EDGE_NAMES + 4 * EDGE_ROOM);
const EDGE_TYPES = align(EDGE_TARGETS + 4 * EDGE_ROOM);
const HEADS = align(COLUMNS + 4 * MOST_STRINGS);
const END =
  Math.max(EDGE_TYPES + EDGE_ROOM, COLUMNS + 4 * MOST_NUMBERS, HEADS + 2 * MOST_STRINGS) +
  SLACK_BYTES;

/** Only the part used here: the full types need lib.dom. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/**
 * Takes positions in memory and numbers, as described in snapshot/wasm; returns where it has
 * stopped.
 */
type Loop = (...numbers: number[]) => number;

/** The functions of snapshot/wasm. */
interface Loops extends RowLoops {
  readonly edgesTaken: { readonly value: number };
  readonly highestName: { readonly value: number };
  readonly rowsTaken: { readonly value: number };
  readonly stringsTaken: { readonly value: number };
  readonly readEdges: Loop;
  readonly readLongEdges: Loop;
  finishEdges(...numbers: number[]): void;
  readonly readRows: Loop;
  readonly readLongRows: Loop;
  readonly findStrings: Loop;
}

/** The limits against which a record of an edge is checked. */
export interface EdgeShape {
  readonly separator: Separator;
  /** The number of fields of a node. */
  readonly stride: number;
  readonly nodeCount: number;
}

/** Edges of a piece of text, in order, until the next piece is read. */
export interface PieceOfEdges {
  /** The file's numbers until `finishEdges` converts them to ours. */
  readonly types: Uint8Array;
  readonly names: Uint32Array;
  readonly targets: Uint32Array;
}

/**
 * The loops that process most of a heap's text, in WebAssembly: they are fast from their first
 * call. They have a separate memory for a piece of text and its result. Callers that can should
 * read text directly into that memory (`areas`); other text is copied.
 *
 * All of them stop before anything that is not in the form that engines write, and before the end
 * of the chunk: the position that they return is where another reader has to continue.
 */
export class TextKernel {
  /** Two areas for text, each of TEXT_BYTES. */
  readonly areas: readonly [Uint8Array, Uint8Array];
  readonly edges: PieceOfEdges;
  /** The number of records that the last call has read. */
  count = 0;
  #room = 0;
  /** Numbers of over eight digits have occurred: from then on the loops for those are used. */
  #hasLongEdges = false;
  #hasLongRows = false;
  readonly #loops: Loops;
  readonly #bytes: Uint8Array;

  /** Opens the kernel; null without WebAssembly: everything works without it, but slower. */
  static open(): TextKernel | null {
    try {
      return new TextKernel();
    } catch {
      return null;
    }
  }

  private constructor() {
    const file = new URL('../../wasm/text-kernel.wasm', import.meta.url);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(END / PAGE_BYTES) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {
      env: { memory },
    });
    const { buffer } = memory;
    this.#loops = exports as Loops;
    this.#bytes = new Uint8Array(buffer);
    this.areas = [
      new Uint8Array(buffer, AREAS, TEXT_BYTES),
      new Uint8Array(buffer, AREAS + TEXT_BYTES + SLACK_BYTES, TEXT_BYTES),
    ];
    this.edges = {
      types: new Uint8Array(buffer, EDGE_TYPES, EDGE_ROOM),
      names: new Uint32Array(buffer, EDGE_NAMES, EDGE_ROOM),
      targets: new Uint32Array(buffer, EDGE_TARGETS, EDGE_ROOM),
    };
  }

  /**
   * Reads edges and appends them to `before` others of the same piece.
   *
   * @param from where a record begins.
   * @param last the position from which no record may begin: WINDOW_BYTES before the end, unless
   *   it is known that a record ends there.
   * @returns the position after the separator of the last edge read, `from` if there is none.
   */
  readEdges(chunk: Uint8Array, from: number, last: number, shape: EdgeShape, before = 0): number {
    const { separator, stride, nodeCount } = shape;
    const { start, stop } = this.#place(chunk, from, last);
    const loops = this.#loops;
    this.count = 0;
    const readOn = (loop: Loop, at: number): number => {
      const place = before + this.count;
      const end = loop(
        ...[at, stop, MOST_EDGES - place, separator.word, separator.bytes],
        ...[EDGE_TYPES + place, EDGE_NAMES + 4 * place, EDGE_TARGETS + 4 * place],
        ...[stride, nodeCount],
      );
      this.count += loops.edgesTaken.value;
      return end;
    };
    let end = this.#hasLongEdges ? start : readOn(loops.readEdges, start);
    if (end < stop) {
      const short = this.count;
      end = readOn(loops.readLongEdges, end);
      this.#hasLongEdges ||= this.count > short;
    }
    return from + end - start;
  }

  /**
   * Converts the types of the first `count` edges to ours.
   *
   * @param map ours by the file's. @param unnamed our two types whose edges have an index for a
   *   name.
   * @returns the highest string among their names.
   */
  finishEdges(count: number, map: Uint8Array, unnamed: readonly [number, number]): number {
    this.#bytes.set(map.subarray(0, 16), TABLE);
    this.#loops.finishEdges(EDGE_TYPES, EDGE_NAMES, count, TABLE, ...unnamed);
    return this.#loops.highestName.value >>> 0;
  }

  /**
   * Reads records of `fields` numbers.
   *
   * @param last as for edges.
   * @returns the position after the separator of the last record read, `from` if there is none;
   *   `rows` contains the records.
   */
  readRows(
    chunk: Uint8Array,
    from: number,
    last: number,
    { fields, separator }: { readonly fields: number; readonly separator: Separator },
  ): number {
    const { start, stop } = this.#place(chunk, from, last);
    const loops = this.#loops;
    const room = Math.floor(MOST_NUMBERS / fields);
    this.#room = room;
    this.count = 0;
    const readOn = (loop: Loop, at: number): number => {
      const rest = room - this.count;
      const columns = COLUMNS + 4 * this.count;
      const end = loop(at, stop, rest, separator.word, separator.bytes, fields, columns, room);
      this.count += loops.rowsTaken.value;
      return end;
    };
    let end = this.#hasLongRows ? start : readOn(loops.readRows, start);
    if (end < stop) {
      const short = this.count;
      end = readOn(loops.readLongRows, end);
      this.#hasLongRows ||= this.count > short;
    }
    return from + end - start;
  }

  /** The rows that `readRows` has read. */
  get rows(): PieceOfRows {
    const place = { columns: COLUMNS, room: this.#room, table: TABLE };
    return new PieceOfRows(this.#loops, this.#bytes.buffer as ArrayBuffer, place, this.count);
  }

  /**
   * Finds strings.
   *
   * @param from the opening quote of one.
   * @param last as for edges.
   * @param shift turns a position in the chunk into the recorded position.
   * @returns the position after the closing quote of the last one found, `from` if there is none;
   *   `starts` contains the strings.
   */
  findStrings(chunk: Uint8Array, from: number, last: number, shift: number): number {
    const { start, stop } = this.#place(chunk, from, last);
    const toNoted = (from + shift - start) | 0;
    const end = this.#loops.findStrings(start, stop, toNoted, COLUMNS, HEADS, MOST_STRINGS);
    this.count = this.#loops.stringsTaken.value;
    return from + end - start;
  }

  /** The recorded positions after opening quotes, from `findStrings`. */
  get starts(): Uint32Array {
    return new Uint32Array(this.#bytes.buffer, COLUMNS, this.count);
  }

  /** The two bytes at each of those positions, the first in the lower half. */
  get heads(): Uint16Array {
    return new Uint16Array(this.#bytes.buffer, HEADS, this.count);
  }

  /** The position of the text in this memory, and the position from which no record may begin. */
  #place(chunk: Uint8Array, from: number, last: number): { start: number; stop: number } {
    const length = Math.max(0, Math.min(last - from, PIECE_BYTES));
    const isHere = chunk.buffer === this.#bytes.buffer;
    const start = isHere ? chunk.byteOffset + from : PIECE;
    if (!isHere) this.#bytes.set(chunk.subarray(from, from + length + WINDOW_BYTES), PIECE);
    return { start, stop: start + length };
  }
}

function align(place: number): number {
  return Math.ceil(place / WINDOW_BYTES) * WINDOW_BYTES;
}
