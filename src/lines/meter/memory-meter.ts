import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CallRecord } from './call-record.js';
import { GarbageLog } from './garbage-log.js';
import { LineRecord, type Meter } from './meter.js';

const SAMPLES = 5;
const WARM_UPS = 20;
/** The longest time for which collections may delay a program, in milliseconds. */
const MOST_COLLECTING = 60_000;
/**
 * Bytes of V8's own objects that come and go between two full collections, and the highest number
 * on one line.
 */
const LIVE_NOISE = 1000;
const MOST_LIVE_NOISE = 16_000;
const TOO_LONG =
  'Collecting garbage at each line was stopped after a minute: later increments contain garbage.';

/** A meter of bytes, and the highest number seen on each line. */
export interface MemoryMeter extends Meter {
  readonly peaks: Map<LineRecord, Float64Array>;
  /** Bytes that measuring itself adds to each stay on a line, to be subtracted. */
  readonly own: number;
  /** Bytes of this many stays that may come from measuring, although it was subtracted. */
  readonly noiseOf: (readings: number) => number;
  /** Waits for late results. */
  readonly settle: () => Promise<void>;
  /** Completes the amounts. @returns a sentence if that is not possible. */
  readonly finish: () => string | null;
}

/** Bytes in use in the heap, which the caller adds up, and outside of it: contents of Buffers. */
class MemoryInUse {
  readonly peaks = new Map<LineRecord, Float64Array>();
  #inside = 0;
  #outside = 0;
  #outsideAtStart = 0;

  look(): number {
    const { used_heap_size, external_memory } = getHeapStatistics();
    this.#outside = external_memory;
    this.#inside = used_heap_size;
    return used_heap_size;
  }

  beginStay(): void {
    this.#outsideAtStart = this.#outside;
  }

  endStay(record: LineRecord, index: number): void {
    (record.external[index] as number) += this.#outside - this.#outsideAtStart;
    const peaks = this.peaks.get(record) ?? new Float64Array(record.hits.length);
    this.peaks.set(record, peaks);
    peaks[index] = Math.max(peaks[index] ?? 0, this.#inside + this.#outside);
  }
}

/**
 * Measures what lines allocate, garbage included: the log later adds what collections freed
 * meanwhile.
 */
export function allocationMeter(): MemoryMeter {
  const log = new GarbageLog();
  const memory = new MemoryInUse();
  let begun = performance.now();
  let ended = begun;
  const read = () => {
    // before the measurement, which itself allocates: a collection in there does not belong to the
    // line
    ended = performance.now();
    return memory.look();
  };
  const empty = new EmptyStay(read);
  let look = empty.measure() ?? 0;
  const begin = () => {
    // the cost of a measurement depends on whether V8 has optimized it
    look = empty.measure() ?? look;
    // the time of the last measurement: a later collection belongs to the line
    begun = ended;
    memory.beginStay();
    return empty.end + look;
  };
  return {
    peaks: memory.peaks,
    own: 0,
    noiseOf: (readings) => readings * look,
    read,
    begin,
    cost: 0,
    settle: () => log.settle(),
    finish: () => log.finish(),
    onStay(record, index) {
      log.add({ record, index }, begun, ended);
      memory.endStay(record, index);
    },
  };
}

/** A stay on a line that does nothing: what remains is the cost of measuring. */
class EmptyStay {
  readonly #amount: Float64Array;
  readonly #call: CallRecord;
  /** The reading at its end. */
  end = 0;

  constructor(read: () => number) {
    const record = new LineRecord<CallRecord>('', 1, 2);
    const begin = (reading: number) => {
      this.end = reading;
      return reading;
    };
    this.#amount = record.amount;
    this.#call = new CallRecord(record, { read, begin, cost: 0, onStay: null }, -1);
  }

  /** Measures it. @returns bytes, null if a collection happened in between. */
  measure(): number | null {
    this.#call.at(1);
    this.#amount[0] = 0;
    this.#call.at(2);
    const bytes = this.#amount[0];
    return bytes < 0 ? null : bytes;
  }
}

/** Measures how lines change what is alive: everything else is collected at each of them. */
export function liveMeter(): MemoryMeter {
  const memory = new MemoryInUse();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let left = MOST_COLLECTING;
  const read = () => {
    if (left <= 0) return memory.look();
    const start = performance.now();
    collect();
    left -= performance.now() - start;
    return memory.look();
  };
  const restore = keepBytecode();
  // the first collections finish the work of earlier ones, and reading takes memory until it is
  // compiled
  for (let round = 0; round < WARM_UPS; round++) read();
  return {
    peaks: memory.peaks,
    own: medianOf(() => -read() + read()),
    noiseOf: (readings) => Math.min(MOST_LIVE_NOISE, readings * LIVE_NOISE),
    read,
    cost: 0,
    begin(reading) {
      memory.beginStay();
      return reading;
    },
    settle: async () => undefined,
    finish: () => {
      restore();
      return left > 0 ? null : TOO_LONG;
    },
    onStay: (record, index) => memory.endStay(record, index),
  };
}

/**
 * Keeps V8 from discarding code that has not run for some collections, which would look like a gain
 * of some line.
 */
function keepBytecode(): () => void {
  setFlagsFromString('--no-flush-bytecode');
  return () => setFlagsFromString('--flush-bytecode');
}

function medianOf(measure: () => number): number {
  const found = Array.from({ length: SAMPLES }, measure).sort((a, b) => a - b);
  return found[SAMPLES >> 1] ?? 0;
}
