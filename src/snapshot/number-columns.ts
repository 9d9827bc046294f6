import type { RecordSink } from './integer-reader.js';

const FIRST_ROOM = 1024;

/** Collects a section of few numbers unchanged. */
export class NumberColumns implements RecordSink {
  #numbers = new Float64Array(FIRST_ROOM);
  #count = 0;

  /** Takes no plain records: there are too few to be worth it. */
  addPlain(_chunk: Uint8Array, from: number): number {
    return from;
  }

  add(batch: Float64Array, count: number): void {
    const needed = this.#count + count;
    if (needed > this.#numbers.length) {
      const more = new Float64Array(Math.max(needed, this.#numbers.length * 2));
      more.set(this.#numbers.subarray(0, this.#count));
      this.#numbers = more;
    }
    this.#numbers.set(batch.subarray(0, count), this.#count);
    this.#count = needed;
  }

  finish(): Float64Array {
    return this.#numbers.subarray(0, this.#count);
  }
}
