import type { Measure } from '../meter/measure.js';

/**
 * The result of a run, function by function and line by line; plain data that does not depend on
 * how it was measured.
 */
export interface LineProfile {
  readonly measure: Measure;
  readonly functions: readonly ProfiledFunction[];
  /** Sentences about limits of the answer. */
  readonly notes: readonly string[];
}

export interface ProfiledFunction {
  readonly name: string;
  /** Path of the source; of the original one if there is a source map. */
  readonly file: string;
  readonly line: number;
  readonly calls: number;
  /** A description of how the function was measured. */
  readonly way: string;
  readonly lines: readonly ProfiledLine[];
}

export interface ProfiledLine {
  readonly number: number;
  readonly text: string;
  readonly hits: number;
  /** Milliseconds, including called functions; null if memory is measured. */
  readonly time: number | null;
  /** Milliseconds suspended at `await` or `yield`. */
  readonly waited: number;
  /** Bytes that the line added to the heap; null if time is measured. */
  readonly increment: number | null;
  /**
   * Bytes that the line added outside of the heap: contents of Buffers. Null if time is measured.
   */
  readonly external: number | null;
  /** Most bytes in use after the line, in the heap and outside of it; null if time is measured. */
  readonly usage: number | null;
  /**
   * So short, or so small, that the cost of measuring is a large part of the value: an estimate.
   */
  readonly isShort: boolean;
}
