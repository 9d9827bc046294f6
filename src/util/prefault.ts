/**
 * Writes to all of a fresh array. For one that is read here and there before it is written, as counts and
 * marks are: a page that was only read is one of the system's, the same for all, and giving a page of its
 * own to the array on the first write stops every thread of the process for a moment.
 */
export function prefault<T extends { fill(value: number): T }>(column: T): T {
  return column.fill(0);
}
