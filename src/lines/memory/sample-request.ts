/**
 * The request passed to a script's process through its environment, and from there to the sampling
 * thread.
 */
export interface SampleRequest {
  /** The file that samples are written to, one per line. */
  readonly file: string;
  /** Milliseconds between two samples. */
  readonly every: number;
}

export const SAMPLE_VARIABLE = 'SHOWBACKREF_MEMORY';
