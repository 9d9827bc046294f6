/**
 * Up to this many entries are in a Map: for few of them, a column as long as the highest number
 * would be too large.
 */
const MOST_IN_MAP = 4096;

/**
 * Maps whole numbers, such as ordinals of nodes, to whole numbers of 32 bits, for up to a million
 * entries: a column takes a tenth of the memory of a Map, and leaves no garbage.
 */
export class OrdinalMap {
  /** All entries while there are few; later only those of negative numbers. */
  readonly #few = new Map<number, number>();
  /** A value plus one if it is not negative, else the value itself; 0 for none. */
  #many: Int32Array | null = null;

  get(key: number): number | undefined {
    if (this.#many === null || key < 0) return this.#few.get(key);
    const kept = this.#many[key] ?? 0;
    if (kept === 0) return undefined;
    return kept > 0 ? kept - 1 : kept;
  }

  has(key: number): boolean {
    return this.get(key) !== undefined;
  }

  set(key: number, value: number): void {
    if (this.#many === null && this.#few.size >= MOST_IN_MAP) this.#useColumn();
    if (this.#many === null || key < 0) {
      this.#few.set(key, value);
      return;
    }
    if (key >= this.#many.length) this.#many = longer(this.#many, key);
    this.#many[key] = value >= 0 ? value + 1 : value;
  }

  #useColumn(): void {
    this.#many = new Int32Array(MOST_IN_MAP);
    for (const [key, value] of [...this.#few]) {
      if (key < 0) continue;
      this.#few.delete(key);
      this.set(key, value);
    }
  }
}

/** A set of such numbers. */
export class OrdinalSet {
  readonly #map = new OrdinalMap();

  has(key: number): boolean {
    return this.#map.has(key);
  }

  add(key: number): void {
    this.#map.set(key, 0);
  }
}

function longer(column: Int32Array, key: number): Int32Array {
  const made = new Int32Array(Math.max(key + 1, 2 * column.length));
  made.set(column);
  return made;
}
