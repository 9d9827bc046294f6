import { highest } from '../util/many.js';

/** More runs than this are not worth comparing, nor are more ids outside of the longest of them. */
const MOST_RUNS = 4096;
const MOST_OTHERS = 1 << 16;

/**
 * True if ids are unique, told while they are read. Engines write objects in the order of their ids, but
 * for a few: so nearly all are in one run of rising ids, and only the others have to be looked for.
 */
export class IdRuns {
  /** Where runs begin, ascending. */
  readonly #starts: number[] = [];
  #count = 0;
  #last = -1;

  /** The next `count` ids, which rise. */
  addRising(first: number, last: number, count: number): void {
    if (first <= this.#last || this.#count === 0) this.#begin(this.#count);
    this.#last = last;
    this.#count += count;
  }

  /** The next ids, in any order. */
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
   * False when two ids may be the same: there are other ways to find out.
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

/** Bisection of rising numbers. */
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
