/**
 * Writes to all of a fresh array. For an array that is read in places before it is written, such as
 * counts and marks: a page that was only read is shared with the system, and giving the array a
 * separate page on the first write stops every thread of the process for a moment.
 */
export function prefault<T extends { fill(value: number): T }>(column: T): T {
  return column.fill(0);
}
