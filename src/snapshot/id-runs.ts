/** More runs than this are not worth comparing. */
const MOST_RUNS = 4096;

/**
 * Whether ids are unique, told while they are read. Engines write objects in the order of their ids,
 * but for a few: so there are few runs of rising ids, and no id is used twice when none of them overlap.
 */
export class IdRuns {
  /** First and last id of each run, one after the other. */
  readonly #ends: number[] = [];

  /** The next ids, which rise. */
  addRising(first: number, last: number): void {
    const ends = this.#ends;
    if (ends.length > 0 && first > ends[ends.length - 1]) ends[ends.length - 1] = last;
    else if (ends.length < 2 * MOST_RUNS) ends.push(first, last);
  }

  /** The next ids, in any order. */
  add(ids: Uint32Array): void {
    for (let start = 0; start < ids.length; ) {
      let end = start + 1;
      while (end < ids.length && ids[end] > ids[end - 1]) end++;
      this.addRising(ids[start], ids[end - 1]);
      start = end;
    }
  }

  /** False when two ids may be the same: there are other ways to find out. */
  areApart(): boolean {
    if (this.#ends.length >= 2 * MOST_RUNS) return false;
    const runs = Array.from({ length: this.#ends.length / 2 }, (_, i) => i * 2);
    runs.sort((a, b) => this.#ends[a] - this.#ends[b]);
    return runs.every((run, i) => i === 0 || this.#ends[run] > this.#ends[runs[i - 1] + 1]);
  }
}
