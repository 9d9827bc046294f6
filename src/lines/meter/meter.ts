import { QuickLines } from './quick-lines.js';

/** Measures the quantity of which probes give each line its share. */
export interface Meter {
  /** The amount so far: milliseconds, or bytes. */
  readonly read: () => number;
  /** The amount at which the next line begins: the same, unless measuring has itself changed it. */
  readonly begin: (reading: number) => number;
  /**
   * The amount that one reading adds, if stays that take little more need not be read each; else 0.
   */
  readonly cost: number;
  /** Called for each stay on a line, if the amounts alone are not enough. */
  readonly onStay: ((record: LineRecord, index: number) => void) | null;
}

/**
 * The counts of one function's lines, by index from its first line on. This module does not need to
 * know how `Call` represents calls in progress.
 */
export class LineRecord<Call extends object = object> {
  readonly id: string;
  readonly firstLine: number;
  /** The number of times that control reached the line. */
  readonly hits: Float64Array;
  /** The increase of the meter while on it. */
  readonly amount: Float64Array;
  /** Bytes gained outside of the heap, if memory is measured. */
  readonly external: Float64Array;
  /** Milliseconds suspended on it: `await`, `yield`. */
  readonly waited: Float64Array;
  /** The number of times the meter was read for it. */
  readonly readings: Float64Array;
  readonly quick: QuickLines;
  calls = 0;
  /** The innermost call in progress; outer ones are paused meanwhile. */
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
