import { QuickLines } from './quick-lines.js';

/** What probes measure, and where a line's share of it goes. */
export interface Meter {
  /** Amount so far: milliseconds, or bytes. */
  readonly read: () => number;
  /** Where the next line begins: the same amount, unless looking has itself changed it. */
  readonly begin: (reading: number) => number;
  /** What one reading adds, where stays that take little more need not be read each; else 0. */
  readonly cost: number;
  /** Called for each stay on a line, if the amounts alone do not tell all. */
  readonly onStay: ((record: LineRecord, index: number) => void) | null;
}

/**
 * The counts of one function's lines, by position from its first line on. `Call` is how calls under way
 * are represented, which is none of this module's business.
 */
export class LineRecord<Call extends object = object> {
  readonly id: string;
  readonly firstLine: number;
  /** How often control came to the line. */
  readonly hits: Float64Array;
  /** What the meter gained while on it. */
  readonly amount: Float64Array;
  /** Bytes gained outside of the heap, where memory is measured. */
  readonly external: Float64Array;
  /** Milliseconds suspended on it: `await`, `yield`. */
  readonly waited: Float64Array;
  /** How often the meter was read for it. */
  readonly readings: Float64Array;
  readonly quick: QuickLines;
  calls = 0;
  /** The innermost call under way; outer ones stand still meanwhile. */
  active: Call | null = null;

  constructor(id: string, firstLine: number, lastLine: number) {
    const count = lastLine - firstLine + 1;
    this.id = id;
    this.firstLine = firstLine;
    this.hits = new Float64Array(count);
    this.amount = new Float64Array(count);
    this.external = new Float64Array(count);
    this.waited = new Float64Array(count);
    this.readings = new Float64Array(count);
    this.quick = new QuickLines(count);
  }
}
