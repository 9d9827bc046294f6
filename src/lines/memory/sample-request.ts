/** What a script's process is told through its environment, and by it the thread that looks. */
export interface SampleRequest {
  /** Where samples are written to, one per line. */
  readonly file: string;
  /** Milliseconds between two samples. */
  readonly every: number;
}

export const SAMPLE_VARIABLE = 'SHOWBACKREF_MEMORY';
