import type { Measure } from '../meter/measure.js';

/**
 * The request passed to a script's process through its environment, and from there to the thread of
 * its loader.
 */
export interface LoadRequest {
  /** In the syntax of `-f`. */
  readonly functions: readonly string[];
  /** In the syntax of `-m`. */
  readonly modules: readonly string[];
  /** The quantity measured on each line. */
  readonly measure: Measure;
  /** The file that the counts are written to at the end. */
  readonly resultFile: string;
}

export const PROBE_VARIABLE = 'SHOWBACKREF_PROFILE';
