import type { CallRecord } from '../meter/call-record.js';
import type { Measure } from '../meter/measure.js';
import { allocationMeter, liveMeter, type MemoryMeter } from '../meter/memory-meter.js';
import { LineRecord, type Meter } from '../meter/meter.js';
import { measureReading, timeMeter } from '../meter/time-meter.js';
import type { ProbeRegistry } from '../probe/probe-registry.js';
import type { ProbedFile, ProbedFunctionInfo } from '../probe/probed-file.js';

/** The counts of one function after a run, as plain data; arrays start at its first line. */
export interface FunctionCounts extends ProbedFunctionInfo {
  readonly calls: number;
  readonly hits: readonly number[];
  /** Milliseconds or bytes, less what measuring added. */
  readonly amount: readonly number[];
  readonly waited: readonly number[];
  /** The amount that measuring added, and that was estimated by division, in the same unit. */
  readonly added: readonly number[];
  /** Bytes gained outside of the heap; null if time is measured. */
  readonly external: readonly number[] | null;
  /** Most bytes in use after the line; null if time is measured. */
  readonly peaks: readonly number[] | null;
}

export interface RunCounts {
  readonly measure: Measure;
  /** True if amounts are incomplete, as a note explains. */
  readonly isIncomplete: boolean;
  readonly functions: readonly FunctionCounts[];
  readonly notes: readonly string[];
}

interface Measured {
  readonly info: ProbedFunctionInfo;
  readonly record: LineRecord;
  readonly costOfHit: number;
}

/** One measurement, from the first function with probes to the counts. */
export class ProfileRun {
  readonly #registry: ProbeRegistry;
  readonly measure: Measure;
  /** Null if time is measured. */
  readonly #memory: MemoryMeter | null;
  readonly #meter: Meter;
  readonly #costOfReading: number;
  readonly #found: Measured[] = [];
  readonly #notes: string[] = [];

  constructor(registry: ProbeRegistry, measure: Measure) {
    this.#registry = registry;
    this.measure = measure;
    this.#memory = memoryMeterOf(measure);
    const clock = timeMeter();
    this.#costOfReading = this.#memory?.own ?? measureReading(clock);
    this.#meter = this.#memory ?? { ...clock, cost: this.#costOfReading };
  }

  /**
   * Adds functions with probes. @param costOfHit milliseconds known to be part of each hit's time.
   */
  add({ functions, refused }: Pick<ProbedFile, 'functions' | 'refused'>, costOfHit = 0): void {
    for (const info of functions) {
      const record = new LineRecord<CallRecord>(info.id, info.firstLine, info.lastLine);
      this.#registry.register(record, this.#meter);
      this.#found.push({ info, record, costOfHit });
    }
    for (const name of refused) {
      this.#notes.push(`${name} was not measured: its text leaves no place for probes.`);
    }
  }

  /** Waits for late results, if there is time. */
  async settle(): Promise<void> {
    await this.#memory?.settle();
  }

  finish(): RunCounts {
    for (const { info } of this.#found) this.#registry.release(info.id);
    const missing = this.#memory?.finish() ?? null;
    return {
      measure: this.measure,
      isIncomplete: missing !== null,
      functions: this.#found.map((found) => this.#countsOf(found)),
      notes: missing === null ? this.#notes : [...this.#notes, missing],
    };
  }

  #countsOf({ info, record, costOfHit }: Measured): FunctionCounts {
    const divided = record.quick.divided(this.#costOfReading);
    const taken = [...record.readings].map((count) => count * this.#costOfReading);
    const net = [...record.amount].map((raw, at) => raw - (taken[at] ?? 0) + (divided[at] ?? 0));
    // time cannot be negative; bytes in use may decrease
    const amount = this.#memory === null ? net.map((value) => Math.max(0, value)) : net;
    const peaks = this.#memory?.peaks.get(record) ?? null;
    const external = this.#memory === null ? null : [...record.external];
    const added = taken.map(
      (cost, at) =>
        cost +
        (divided[at] ?? 0) +
        (record.hits[at] ?? 0) * costOfHit +
        this.#noiseOf(record.readings[at] ?? 0),
    );
    const { calls } = record;
    const lists = { hits: [...record.hits], amount, waited: [...record.waited], added };
    return { ...info, calls, ...lists, external, peaks: peaks === null ? null : [...peaks] };
  }

  #noiseOf(readings: number): number {
    return this.#memory?.noiseOf(readings) ?? 0;
  }
}

function memoryMeterOf(measure: Measure): MemoryMeter | null {
  if (measure === 'time') return null;
  return measure === 'memory' ? allocationMeter() : liveMeter();
}
