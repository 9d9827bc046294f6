import { LineRecord, type Meter } from './meter.js';
import type { ProbeDoor } from './probe-door.js';
import type { ProbedFile, ProbedFunctionInfo } from './probed-file.js';
import { measureReading, timeMeter } from './time-meter.js';

/** The counts of one function after a run, as plain data; arrays go from its first line on. */
export interface FunctionCounts extends ProbedFunctionInfo {
  readonly calls: number;
  readonly hits: readonly number[];
  /** Milliseconds or bytes, less what measuring added. */
  readonly amount: readonly number[];
  readonly waited: readonly number[];
  /** What measuring added, in the same unit. */
  readonly added: readonly number[];
}

export interface RunCounts {
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
  readonly #door: ProbeDoor;
  readonly #meter: Meter;
  readonly #costOfReading: number;
  readonly #found: Measured[] = [];
  readonly #notes: string[] = [];

  constructor(door: ProbeDoor, meter: Meter = timeMeter()) {
    this.#door = door;
    this.#meter = meter;
    this.#costOfReading = measureReading(meter);
  }

  /** @param costOfHit milliseconds that are known to be in the time of each hit. */
  add({ functions, refused }: Pick<ProbedFile, 'functions' | 'refused'>, costOfHit = 0): void {
    for (const info of functions) {
      const record = new LineRecord(info.id, info.firstLine, info.lastLine);
      this.#door.register(record, this.#meter);
      this.#found.push({ info, record, costOfHit });
    }
    for (const name of refused) {
      this.#notes.push(`${name} was not measured: its text leaves no place for probes.`);
    }
  }

  finish(): RunCounts {
    for (const { info } of this.#found) this.#door.release(info.id);
    return { functions: this.#found.map((found) => this.#countsOf(found)), notes: this.#notes };
  }

  #countsOf({ info, record, costOfHit }: Measured): FunctionCounts {
    const taken = [...record.readings].map((count) => count * this.#costOfReading);
    const amount = [...record.amount].map((raw, at) => Math.max(0, raw - (taken[at] ?? 0)));
    const added = taken.map((cost, at) => cost + (record.hits[at] ?? 0) * costOfHit);
    const { calls } = record;
    return { ...info, calls, hits: [...record.hits], amount, waited: [...record.waited], added };
  }
}
