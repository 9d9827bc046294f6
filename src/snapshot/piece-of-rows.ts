/** The loops over columns of snapshot/wasm. */
export interface RowLoops {
  highestOf(column: number, count: number): number;
  addUp(column: number, count: number, before: number): number;
  toBytes(column: number, count: number, table: number): void;
  toHalves(column: number, count: number): void;
  divide(column: number, count: number, by: number): number;
  rises(column: number, count: number, step: number): number;
}

/**
 * Records of a piece of text as one column for each field, until the next piece is read. What changes
 * a column does so in place: afterwards it is what was asked for, and only that.
 */
export class PieceOfRows {
  readonly count: number;
  readonly #loops: RowLoops;
  readonly #buffer: ArrayBuffer;
  /** Where the columns are, and how many numbers of 32 bits each has room for. */
  readonly #columns: number;
  readonly #room: number;
  /** Where a table of 256 bytes may be put. */
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

  /** A field's numbers. */
  numbers(field: number): Uint32Array {
    return new Uint32Array(this.#buffer, this.#column(field), this.count);
  }

  /** A field's highest number; 0 without rows. */
  highest(field: number): number {
    return this.#loops.highestOf(this.#column(field), this.count) >>> 0;
  }

  /** Makes a field's numbers sums of all up to them; returns the last one, which may have more than 32 bits. */
  addUp(field: number, before: number): number {
    return this.#loops.addUp(this.#column(field), this.count, before);
  }

  /** A field by a table of 256 entries; numbers beyond count as 255. */
  bytes(field: number, table: Uint8Array): Uint8Array {
    new Uint8Array(this.#buffer, this.#table, table.length).set(table);
    this.#loops.toBytes(this.#column(field), this.count, this.#table);
    return new Uint8Array(this.#buffer, this.#column(field), this.count);
  }

  /** A field in 16 bits; what does not fit is 65535. */
  halves(field: number): Uint16Array {
    this.#loops.toHalves(this.#column(field), this.count);
    return new Uint16Array(this.#buffer, this.#column(field), this.count);
  }

  /** Divides a field; false, and nothing is changed, where a number is no multiple. */
  divide(field: number, by: number): boolean {
    return this.#loops.divide(this.#column(field), this.count, by) !== 0;
  }

  /** True if each of a field's numbers is at least `step` more than the one before. */
  rises(field: number, step: number): boolean {
    return this.#loops.rises(this.#column(field), this.count, step) !== 0;
  }

  #column(field: number): number {
    return this.#columns + 4 * field * this.#room;
  }
}
