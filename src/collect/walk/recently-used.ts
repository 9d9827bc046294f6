/** Values are kept up to this weight, and older ones up to the same weight again. */
const MOST_WEIGHT = 1_500;

/**
 * Keeps recently requested values: a walk may pass a million objects and come back to few of them.
 * Has two halves, and drops the older one as a whole: a Map that loses its oldest entry again and
 * again gets slow, because its deleted entries are still searched through.
 */
export class RecentlyUsed<Key, Value> {
  #young = new Map<Key, Value>();
  #old: ReadonlyMap<Key, Value> = new Map();
  #weight = 0;

  get(key: Key): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    return this.#old.get(key);
  }

  /**
   * Adds a value. @param weight the number of parts in the value; a single one may outweigh all
   * others.
   */
  set(key: Key, value: Value, weight: number): void {
    if (this.#weight > MOST_WEIGHT) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#weight = 0;
    }
    this.#young.set(key, value);
    this.#weight += 1 + weight;
  }
}
