type Column = Uint8Array | Uint32Array;

/** The engine's own search is far faster than a loop that runs once, if it need not stop often. */
const MOST_STOPS = 20_000;

/**
 * The positions of these values in a column, ascending; takes one pass, however many values there
 * are.
 */
export function positionsOf(column: Column, values: readonly number[]): readonly number[] {
  const [only] = values;
  if (only === undefined) return [];
  if (values.length > 1) return positionsOfAny(column, values);
  const found: number[] = [];
  for (let i = column.indexOf(only); i >= 0; i = column.indexOf(only, i + 1)) {
    if (found.push(i) < MOST_STOPS) continue;
    for (let k = i + 1; k < column.length; k++) if (column[k] === only) found.push(k);
    return found;
  }
  return found;
}

function positionsOfAny(column: Column, values: readonly number[]): number[] {
  const found: number[] = [];
  const isWanted = toMarks(values);
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    if (value < isWanted.length && isWanted[value] === 1) found.push(i);
  }
  return found;
}

/** 1 at each of the values; as long as the highest one requires. */
export function toMarks(values: readonly number[]): Uint8Array {
  const highest = values.reduce((most, value) => Math.max(most, value), -1);
  const marks = new Uint8Array(highest + 1);
  for (const value of values) marks[value] = 1;
  return marks;
}
