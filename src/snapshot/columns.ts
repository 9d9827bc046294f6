import { fail } from './value-reader.js';

/**
 * The number of records that a column may hold before any of them was seen, if the size of the
 * input is unknown. Beyond that, columns grow with the records that really arrive, so that a false
 * header cannot claim memory. Untouched pages of a fresh array cost nothing.
 */
const TRUSTED_RECORDS = 1 << 24;

/**
 * The most records: they are numbered in 32 bits, and the number after the last one is needed, too.
 */
export const MOST_RECORDS = 2 ** 32 - 1;

type Column = Uint8Array | Uint16Array | Uint32Array;

interface ColumnType<T extends Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): T;
  new (memory: SharedArrayBuffer): T;
}

/**
 * Room for the `claimed` records, limited to a plausible number: what `bytes` of input can hold, if
 * known.
 */
export function capacityFor(claimed: number, bytes: number | null, bytesPerRecord: number): number {
  const claim = Math.min(claimed, MOST_RECORDS);
  return Math.min(claim, bytes === null ? TRUSTED_RECORDS : Math.ceil(bytes / bytesPerRecord));
}

/** The most rows allocated at once in a column whose length the file does not give. */
const MOST_ROOM = 1 << 20;
const LEAST_ROOM = 1 << 10;

/**
 * Room for a column that is seldom longer than the number of nodes: unused memory costs nothing.
 */
export function roomBeside(nodeCount: number): number {
  return Math.max(LEAST_ROOM, Math.min(nodeCount, MOST_ROOM));
}

/**
 * Capacity for at least `needed` records: half as much again, but not more than the file claims.
 *
 * @throws FormatError for more than can be numbered.
 */
export function grownCapacity(current: number, needed: number, claimed: number): number {
  if (needed > MOST_RECORDS) {
    fail(`it has more than ${MOST_RECORDS} nodes or edges`, null, 'capture a smaller heap');
  }
  return Math.max(needed, Math.min(claimed, MOST_RECORDS, Math.ceil(current * 1.5)));
}

/** A column in memory that threads can share: several may work on a heap. */
export function sharedColumn<T extends Column>(Type: ColumnType<T>, length: number): T {
  return new Type(new SharedArrayBuffer(length * Type.BYTES_PER_ELEMENT));
}

/** A resized column in memory of the same kind. */
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
