/** What a run of functions took line by line; plain data, without a trace of how it was measured. */
export interface LineProfile {
  readonly measure: 'time' | 'memory' | 'live memory';
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
  /** Milliseconds, those of called functions included. */
  readonly time: number;
  /** Milliseconds suspended at `await` or `yield`. */
  readonly waited: number;
  /** So short that measuring it took a good part of what is left: the time is a guess. */
  readonly isShort: boolean;
}
