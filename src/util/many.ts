/*
 * The equivalents of `push(...items)` and `Math.max(...numbers)` for any number of items: a call
 * takes at most about a hundred thousand arguments, and anything in a heap may occur a million
 * times.
 */

/** Appends items. @returns the number of items afterwards. */
export function pushAll<Item>(to: Item[], items: Iterable<Item>): number {
  for (const item of items) to.push(item);
  return to.length;
}

/** The highest number. @param least the answer for lower numbers, and for none. */
export function highest(numbers: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let found = least;
  for (const number of numbers) found = Math.max(found, number);
  return found;
}

/** The lowest number. @param most the answer for higher numbers, and for none. */
export function lowest(numbers: Iterable<number>, most = Number.POSITIVE_INFINITY): number {
  let found = most;
  for (const number of numbers) found = Math.min(found, number);
  return found;
}

/** A text from its UTF-16 units. */
export function textOfUnits(units: Iterable<number>): string {
  let text = '';
  for (const unit of units) text += String.fromCharCode(unit);
  return text;
}

/** Groups items by a key, keeping their order. */
export function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
