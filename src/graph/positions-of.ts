/** Where a column has one of these values, ascending: one pass, however many values there are. */
export function positionsOf(column: Uint32Array, values: readonly number[]): readonly number[] {
  const found: number[] = [];
  const [only] = values;
  if (only === undefined) return found;
  if (values.length === 1) {
    for (let i = 0; i < column.length; i++) if (column[i] === only) found.push(i);
    return found;
  }
  const isWanted = toMarks(values);
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    if (value < isWanted.length && isWanted[value] === 1) found.push(i);
  }
  return found;
}

/** 1 at each of the values; as long as the highest one needs. */
export function toMarks(values: readonly number[]): Uint8Array {
  const highest = values.reduce((most, value) => Math.max(most, value), -1);
  const marks = new Uint8Array(highest + 1);
  for (const value of values) marks[value] = 1;
  return marks;
}
