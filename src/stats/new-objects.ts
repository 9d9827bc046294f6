import { binOfKey, type Census, idOfKey, mergeKeys } from './census.js';
import { classKey, type HeapClass, nameClasses } from './heap-classes.js';

/** The objects of a class that only the later moment has. */
export interface NewObjects<C extends HeapClass = HeapClass> {
  readonly type: C;
  /** Ascending. */
  readonly ids: readonly number[];
  /** The number of them made between each two moments. */
  readonly made: readonly number[];
}

/** The highest id of an object: objects made later have higher ones. */
export function lastIdOf({ keys }: Census): number {
  return idOfKey(keys.at(-1) ?? 0);
}

/**
 * Finds the new objects of some classes, in one pass.
 *
 * @param lastIds of the moments between the first and the last, in order.
 */
export function findNewObjects<C extends HeapClass>(
  before: Census,
  after: Census,
  { wanted, lastIds }: { readonly wanted: readonly C[]; readonly lastIds: readonly number[] },
): readonly NewObjects<C>[] {
  const places = new Map(wanted.map((type, index) => [classKey(type), index]));
  const placesOf = ({ bins }: Census) => {
    const { classes, classOfBin } = nameClasses(bins, after.interfaces);
    return Array.from(classOfBin, (index) => places.get(classKey(classes[index] as HeapClass)));
  };
  const [placesBefore, placesNow] = [placesOf(before), placesOf(after)];
  const found = wanted.map((type) => {
    return { type, ids: [] as number[], made: Array.from({ length: lastIds.length + 1 }, () => 0) };
  });
  mergeKeys(before.keys, after.keys, (old, now) => {
    const place = now === null ? undefined : placesNow[binOfKey(now)];
    if (now === null || place === undefined) return;
    if (old !== null && placesBefore[binOfKey(old)] === place) return;
    const id = idOfKey(now);
    const one = found[place];
    const interval = lastIds.filter((last) => last < id).length;
    one?.ids.push(id);
    if (one !== undefined) one.made[interval] = (one.made[interval] ?? 0) + 1;
  });
  return found;
}
