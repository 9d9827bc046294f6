import { CallRecord } from './call-record.js';
import { LineRecord, type Meter } from './meter.js';

const ROUNDS = 40;
const TURNS = 500;

/** Measures milliseconds of a clock that never goes back. */
export function timeMeter(): Meter {
  return {
    read: performance.now.bind(performance),
    begin: (reading) => reading,
    cost: 0,
    onStay: null,
  };
}

/**
 * Milliseconds that one reading adds to the line it is charged to: the fastest of many rounds, so
 * that the subtracted time was certainly spent.
 */
export function measureReading(meter: Meter): number {
  const record = new LineRecord<CallRecord>('', 1, 2);
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const call = new CallRecord(record, meter, -1);
    call.at(1);
    const start = meter.read();
    for (let turn = 0; turn < TURNS; turn++) {
      call.at(2);
      call.at(1);
    }
    fastest = Math.min(fastest, (meter.read() - start) / (2 * TURNS));
    call.leave();
  }
  return fastest;
}
