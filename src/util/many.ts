/*
 * What `push(...items)` and `Math.max(...numbers)` do for a few: a call takes no more than about a hundred
 * thousand arguments, and anything in a heap may be there a million times.
 */

/** @returns how many items there are now. */
export function pushAll<Item>(to: Item[], items: Iterable<Item>): number {
  for (const item of items) to.push(item);
  return to.length;
}

/** @param least what is answered for lower numbers, and for none. */
export function highest(numbers: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let found = least;
  for (const number of numbers) found = Math.max(found, number);
  return found;
}

/** @param most what is answered for higher numbers, and for none. */
export function lowest(numbers: Iterable<number>, most = Number.POSITIVE_INFINITY): number {
  let found = most;
  for (const number of numbers) found = Math.min(found, number);
  return found;
}

/** A text by its UTF-16 units. */
export function textOfUnits(units: Iterable<number>): string {
  let text = '';
  for (const unit of units) text += String.fromCharCode(unit);
  return text;
}

/** Items by a key, in their order. */
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
