import { fail } from './value-reader.js';

/**
 * How many records a column may hold before a single one of them was seen, where the size of the
 * input is not known. Beyond, columns grow with what really arrives, so that a lying header cannot
 * ask for memory. Untouched pages of a fresh array cost nothing.
 */
const TRUSTED_RECORDS = 1 << 24;

/** Records are numbered in 32 bits, and the number behind the last one is needed too. */
export const MOST_RECORDS = 2 ** 32 - 1;

type Column = Uint8Array | Uint16Array | Uint32Array;

interface ColumnType<T extends Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
  new (memory: SharedArrayBuffer): T;
}

/**
 * Room for the `claimed` records, as far as they can be believed: what `bytes` of input can hold,
 * when that is known.
 */
export function capacityFor(claimed: number, bytes: number | null, bytesPerRecord: number): number {
  const claim = Math.min(claimed, MOST_RECORDS);
  return Math.min(claim, bytes === null ? TRUSTED_RECORDS : Math.ceil(bytes / bytesPerRecord));
}

/** Most rows that have room at once in a column of which the file does not say how long it is. */
const MOST_ROOM = 1 << 20;
const LEAST_ROOM = 1 << 10;

/** Room for a column that is seldom longer than there are nodes: what is not used costs nothing. */
export function roomBeside(nodeCount: number): number {
  return Math.max(LEAST_ROOM, Math.min(nodeCount, MOST_ROOM));
}

/**
 * Capacity for at least `needed` records: half as much again, but not beyond what the file claims.
 *
 * @throws FormatError for more than can be numbered.
 */
export function grownCapacity(current: number, needed: number, claimed: number): number {
  if (needed > MOST_RECORDS) {
    fail(`it has more than ${MOST_RECORDS} nodes or edges`, null, 'capture a smaller heap');
  }
  return Math.max(needed, Math.min(claimed, MOST_RECORDS, Math.ceil(current * 1.5)));
}

/** A column in memory that threads can share: whoever reads a heap may not work on it alone. */
export function sharedColumn<T extends Column>(Type: ColumnType<T>, length: number): T {
  return new Type(new SharedArrayBuffer(length * Type.BYTES_PER_ELEMENT));
}

/** In memory of the same kind. */
export function resized<T extends Column>(column: T, capacity: number): T {
  const Type = column.constructor as ColumnType<T>;
  const isShared = column.buffer instanceof SharedArrayBuffer;
  const grown = isShared ? sharedColumn(Type, capacity) : new Type(capacity);
  grown.set(column.subarray(0, Math.min(column.length, capacity)));
  return grown;
}

/** Cuts a column that was allocated too large; returns it unchanged when it fits. */
export function trimmed<T extends Column>(column: T, length: number): T {
  return column.length === length ? column : resized(column, length);
}
