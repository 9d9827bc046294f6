import type { Measure } from '../meter/measure.js';

/** What a script's process is told through its environment, and by it the thread of its loader. */
export interface LoadRequest {
  /** As `-f` takes them. */
  readonly functions: readonly string[];
  /** As `-m` takes them. */
  readonly modules: readonly string[];
  /** What is measured on each line. */
  readonly measure: Measure;
  /** The file the counts are written to at the end. */
  readonly resultFile: string;
}

export const PROBE_VARIABLE = 'SHOWBACKREF_PROFILE';
