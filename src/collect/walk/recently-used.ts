/** Values are kept up to this weight, and as much again of older ones. */
const MOST_WEIGHT = 1_500;

/**
 * Keeps what was asked for lately: a walk may pass a million objects and come back to few of them. Two
 * halves, of which the older one is dropped as a whole: a Map that loses its oldest entry again and
 * again is searched through all that it has lost.
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

  /** @param weight what the value is made of; a single one may outweigh all others. */
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
