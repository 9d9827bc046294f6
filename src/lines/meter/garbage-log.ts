import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { GCProfiler, type GCProfilerResult } from 'node:v8';
import type { LineRecord } from './meter.js';

/** The number of stays kept to find the collections in them; 16 bytes and a reference each. */
const FIRST_STAYS = 4096;
const MOST_STAYS = FIRST_STAYS * 512;

const TURNS = 5;
const INCOMPLETE =
  'Some garbage collections could not be observed: the increments are too low by what these freed.';

/** A line of a record. */
export interface HeapPlace {
  readonly record: LineRecord;
  readonly index: number;
}

/** The bytes that a collection freed, and its time. */
interface Collection {
  readonly time: number;
  readonly freed: number;
  /** Bytes outside of the heap. */
  readonly freedOutside: number;
}

/**
 * Finds out during which stay on a line each collection happened. V8 reports sizes and times in
 * different places, in the same order.
 */
export class GarbageLog {
  readonly #profiler = new GCProfiler();
  readonly #times: number[] = [];
  readonly #observer = new PerformanceObserver((list) => this.#note(list.getEntries()));
  readonly #places: HeapPlace[] = [];
  #bounds = new Float64Array(2 * FIRST_STAYS);
  readonly #startedAt: number;
  #stoppedAt = 0;
  #isFull = false;
  /** Known once the profiler was stopped. */
  #sizes: GCProfilerResult['statistics'] | null = null;

  constructor() {
    this.#observer.observe({ entryTypes: ['gc'] });
    this.#profiler.start();
    this.#startedAt = performance.now();
  }

  add(place: HeapPlace, from: number, to: number): void {
    const at = this.#places.length;
    this.#isFull ||= at >= MOST_STAYS || this.#sizes !== null;
    if (this.#isFull) return;
    this.#places.push(place);
    if (2 * at === this.#bounds.length) this.#grow();
    this.#bounds[2 * at] = from;
    this.#bounds[2 * at + 1] = to;
  }

  #grow(): void {
    const bounds = new Float64Array(2 * this.#bounds.length);
    bounds.set(this.#bounds);
    this.#bounds = bounds;
  }

  /** Waits for the times of collections, which arrive in later turns of the event loop. */
  async settle(): Promise<void> {
    this.#stop();
    for (let wait = 0; wait < TURNS; wait++) await turn();
  }

  /**
   * Adds what collections freed during stays to the amounts of their lines.
   *
   * @returns a sentence if that is incomplete.
   */
  finish(): string | null {
    const sizes = this.#stop();
    this.#note(this.#observer.takeRecords());
    this.#observer.disconnect();
    // one started to record earlier than the other, and continued for longer
    const times = this.#times.filter((time) => this.#startedAt <= time && time <= this.#stoppedAt);
    if (times.length !== sizes.length || this.#isFull) return INCOMPLETE;
    for (const [at, { beforeGC, afterGC }] of sizes.entries()) {
      const [before, after] = [beforeGC.heapStatistics, afterGC.heapStatistics];
      this.#giveBack({
        time: times[at] ?? 0,
        freed: before.usedHeapSize - after.usedHeapSize,
        freedOutside: before.externalMemory - after.externalMemory,
      });
    }
    return null;
  }

  #stop(): GCProfilerResult['statistics'] {
    if (this.#sizes === null) this.#stoppedAt = performance.now();
    this.#sizes ??= this.#profiler.stop()?.statistics ?? [];
    return this.#sizes;
  }

  #note(entries: readonly { readonly startTime: number }[]): void {
    for (const { startTime } of entries) this.#times.push(startTime);
  }

  /**
   * Gives a freed amount back to a line. Stays of outer calls contain those of inner ones: the
   * shortest one is the line.
   */
  #giveBack({ time, freed, freedOutside }: Collection): void {
    const at = this.#stayAt(time);
    const place = this.#places[at];
    if (place === undefined) return;
    (place.record.amount[place.index] as number) += freed;
    (place.record.external[place.index] as number) += freedOutside;
  }

  /** The first stay that ends after a moment, if it begins before it; else -1. */
  #stayAt(time: number): number {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#bounds[2 * middle + 1] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return (this.#bounds[2 * low] ?? Number.POSITIVE_INFINITY) <= time ? low : -1;
  }
}
