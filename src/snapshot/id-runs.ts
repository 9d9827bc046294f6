import { highest } from '../util/many.js';

/** The limit of runs worth comparing, and of ids outside of the longest run. */
const MOST_RUNS = 4096;
const MOST_OTHERS = 1 << 16;

/**
 * Checks that ids are unique while they are read. Engines write most objects in the order of their
 * ids, so nearly all are in one run of rising ids, and only the others have to be searched for.
 */
export class IdRuns {
  /** The starts of runs, ascending. */
  readonly #starts: number[] = [];
  #count = 0;
  #last = -1;

  /** Adds the next `count` ids, which rise. */
  addRising(first: number, last: number, count: number): void {
    if (first <= this.#last || this.#count === 0) this.#begin(this.#count);
    this.#last = last;
    this.#count += count;
  }

  /** Adds the next ids, in any order. */
  add(ids: Uint32Array): void {
    for (const id of ids) {
      if (id <= this.#last || this.#count === 0) this.#begin(this.#count);
      this.#last = id;
      this.#count++;
    }
  }

  #begin(at: number): void {
    if (this.#starts.length <= MOST_RUNS) this.#starts.push(at);
  }

  /**
   * False if two ids might be the same: then another check decides.
   *
   * @param ids all that were added.
   */
  areUnique(ids: Uint32Array): boolean {
    const starts = this.#starts;
    if (starts.length > MOST_RUNS) return false;
    const ends = [...starts.slice(1), this.#count];
    const lengths = starts.map((start, i) => (ends[i] as number) - start);
    const longest = lengths.indexOf(highest(lengths));
    const run = ids.subarray(starts[longest], ends[longest]);
    if (this.#count - run.length > MOST_OTHERS) return false;
    const others = starts.flatMap((start, i) =>
      i === longest ? [] : Array.from(ids.subarray(start, ends[i])),
    );
    const isOnce = new Set(others).size === others.length;
    return isOnce && !others.some((id) => isIn(run, id));
  }
}

/** Searches rising numbers by bisection. */
function isIn(run: Uint32Array, id: number): boolean {
  let low = 0;
  let high = run.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (run[middle] < id) low = middle + 1;
    else high = middle;
  }
  return run[low] === id;
}
