/** The loops over columns, from snapshot/wasm. */
export interface RowLoops {
  highestOf(column: number, count: number): number;
  addUp(column: number, count: number, before: number): number;
  toBytes(column: number, count: number, table: number): void;
  toHalves(column: number, count: number): void;
  divide(column: number, count: number, by: number): number;
  rises(column: number, count: number, step: number): number;
}

/**
 * Records of a piece of text as one column for each field, until the next piece is read. Methods
 * that convert a column do so in place: afterwards it has only the requested form.
 */
export class PieceOfRows {
  readonly count: number;
  readonly #loops: RowLoops;
  readonly #buffer: ArrayBuffer;
  /** The position of the columns, and the number of 32-bit numbers for which each has room. */
  readonly #columns: number;
  readonly #room: number;
  /** The position for a table of 256 bytes. */
  readonly #table: number;

  constructor(
    loops: RowLoops,
    buffer: ArrayBuffer,
    place: { readonly columns: number; readonly room: number; readonly table: number },
    count: number,
  ) {
    this.#loops = loops;
    this.#buffer = buffer;
    this.#columns = place.columns;
    this.#room = place.room;
    this.#table = place.table;
    this.count = count;
  }

  /** The numbers of a field. */
  numbers(field: number): Uint32Array {
    return new Uint32Array(this.#buffer, this.#column(field), this.count);
  }

  /** The highest number of a field; 0 without rows. */
  highest(field: number): number {
    return this.#loops.highestOf(this.#column(field), this.count) >>> 0;
  }

  /**
   * Replaces each number of a field by the sum of all up to it; returns the last one, which may
   * have more than 32 bits.
   */
  addUp(field: number, before: number): number {
    return this.#loops.addUp(this.#column(field), this.count, before);
  }

  /** Converts a field by a table of 256 entries; larger numbers count as 255. */
  bytes(field: number, table: Uint8Array): Uint8Array {
    new Uint8Array(this.#buffer, this.#table, table.length).set(table);
    this.#loops.toBytes(this.#column(field), this.count, this.#table);
    return new Uint8Array(this.#buffer, this.#column(field), this.count);
  }

  /** Converts a field to 16 bits; numbers that do not fit become 65535. */
  halves(field: number): Uint16Array {
    this.#loops.toHalves(this.#column(field), this.count);
    return new Uint16Array(this.#buffer, this.#column(field), this.count);
  }

  /** Divides a field; false, and no change, if a number is not a multiple. */
  divide(field: number, by: number): boolean {
    return this.#loops.divide(this.#column(field), this.count, by) !== 0;
  }

  /** True if each number of a field is at least `step` more than the one before. */
  rises(field: number, step: number): boolean {
    return this.#loops.rises(this.#column(field), this.count, step) !== 0;
  }

  #column(field: number): number {
    return this.#columns + 4 * field * this.#room;
  }
}
