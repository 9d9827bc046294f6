import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GarbageLog } from './garbage-log.js';
import type { LineRecord, Meter } from './meter.js';

const SAMPLES = 101;
/** How long collections may hold up a program, in milliseconds. */
const MOST_COLLECTING = 60_000;
/** Bytes of V8's own that come and go between two full collections. */
const LIVE_NOISE = 1000;
const TOO_LONG =
  'Collecting garbage at each line took a minute and was given up: increments after that contain garbage.';

/** Bytes in use in the heap; contents of Buffers are outside of it. */
const used = () => getHeapStatistics().used_heap_size;

/** A meter of bytes, and the most of them seen on each line. */
export interface MemoryMeter extends Meter {
  readonly peaks: Map<LineRecord, Float64Array>;
  /** Bytes that looking itself adds to each stay on a line, to be taken off. */
  readonly own: number;
  /** Bytes of a stay that may come from looking, although it was taken off. */
  readonly noise: number;
  /** Waits for what is known late. */
  readonly settle: () => Promise<void>;
  /** Completes the amounts. @returns a sentence when that cannot be done. */
  readonly finish: () => string | null;
}

/** What lines allocate, garbage included: the log later adds what collections took away meanwhile. */
export function allocationMeter(): MemoryMeter {
  const log = new GarbageLog();
  const peaks = new Map<LineRecord, Float64Array>();
  let begun = performance.now();
  let ended = begun;
  let look = medianOf(() => -used() + used());
  const noise = look;
  const read = () => {
    // before the look, which allocates itself: a collection in there is none of the line's
    ended = performance.now();
    return used();
  };
  const begin = () => {
    const start = performance.now();
    const before = used();
    const after = used();
    const isCollected = after < before;
    // what a look takes depends on whether V8 has optimized it
    if (!isCollected) look = after - before;
    // a collection between the two looks was over before the line began
    begun = isCollected ? performance.now() : start;
    return after + look;
  };
  return {
    peaks,
    own: 0,
    noise,
    read,
    begin,
    settle: () => log.settle(),
    finish: () => log.finish(),
    onStay(record, index, _from, to) {
      log.add({ record, index }, begun, ended);
      raise(peaks, record, index, to);
    },
  };
}

/** What lines change of what is alive: everything else is collected at each of them. */
export function liveMeter(): MemoryMeter {
  const peaks = new Map<LineRecord, Float64Array>();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let left = MOST_COLLECTING;
  const read = () => {
    if (left <= 0) return used();
    const start = performance.now();
    collect();
    left -= performance.now() - start;
    return used();
  };
  // the first collections finish what earlier ones began
  read();
  read();
  return {
    peaks,
    own: medianOf(() => -read() + read(), 5),
    noise: LIVE_NOISE,
    read,
    begin: (reading) => reading,
    settle: async () => undefined,
    finish: () => (left > 0 ? null : TOO_LONG),
    onStay: (record, index, _from, to) => raise(peaks, record, index, to),
  };
}

function raise(
  peaks: Map<LineRecord, Float64Array>,
  record: LineRecord,
  index: number,
  bytes: number,
): void {
  const known = peaks.get(record) ?? new Float64Array(record.hits.length);
  peaks.set(record, known);
  known[index] = Math.max(known[index] ?? 0, bytes);
}

function medianOf(measure: () => number, count = SAMPLES): number {
  const found = Array.from({ length: count }, measure).sort((a, b) => a - b);
  return found[count >> 1] ?? 0;
}
