/**
 * How many records a column may hold before a single one of them was seen. A file's own counts are
 * only believed up to here; beyond, columns grow with what really arrives, so that a lying header
 * cannot ask for memory. Untouched pages of a fresh array cost nothing.
 */
const TRUSTED_RECORDS = 1 << 24;

type Column = Uint8Array | Uint32Array;

export function initialCapacity(claimed: number): number {
  return Math.min(claimed, TRUSTED_RECORDS);
}

/** Capacity for at least `needed` records: doubles, but never beyond what the file claims. */
export function grownCapacity(current: number, needed: number, claimed: number): number {
  return Math.max(needed, Math.min(claimed, current * 2));
}

export function resized<T extends Column>(column: T, capacity: number): T {
  const grown = new (column.constructor as new (length: number) => T)(capacity);
  grown.set(column.subarray(0, Math.min(column.length, capacity)));
  return grown;
}

/** Cuts a column that was allocated too large; returns it unchanged when it fits. */
export function trimmed<T extends Column>(column: T, length: number): T {
  return column.length === length ? column : (column.slice(0, length) as T);
}
