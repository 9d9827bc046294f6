import type { Measure } from '../meter/measure.js';

/** What a run of functions took line by line; plain data, without a trace of how it was measured. */
export interface LineProfile {
  readonly measure: Measure;
  readonly functions: readonly ProfiledFunction[];
  /** Sentences on what limits the answer. */
  readonly notes: readonly string[];
}

export interface ProfiledFunction {
  readonly name: string;
  /** Path of the source, of the original one where a source map tells it. */
  readonly file: string;
  readonly line: number;
  readonly calls: number;
  /** How the function was measured, in words. */
  readonly way: string;
  readonly lines: readonly ProfiledLine[];
}

export interface ProfiledLine {
  readonly number: number;
  readonly text: string;
  readonly hits: number;
  /** Milliseconds, those of called functions included; null where memory is measured. */
  readonly time: number | null;
  /** Milliseconds suspended at `await` or `yield`. */
  readonly waited: number;
  /** Bytes the line added to the heap; null where time is measured. */
  readonly increment: number | null;
  /** Bytes the line added outside of the heap: contents of Buffers. Null where time is measured. */
  readonly external: number | null;
  /** Most bytes in use after the line, in the heap and outside of it; null where time is measured. */
  readonly usage: number | null;
  /** So short, or so small, that measuring it took a good part of what is left: a guess. */
  readonly isShort: boolean;
}
