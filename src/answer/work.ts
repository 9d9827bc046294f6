import type { SecondThread } from '../util/second-thread.js';
import type { Sentence } from '../util/sentence.js';

/** The conditions for answering any question, made once for each. */
export interface Work {
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
  readonly limits: WorkLimits;
  readonly threads: Threads;
}

/** Receives progress messages of the pipeline; all of them may be ignored. */
export interface Progress {
  /** How much of its work a program has done that takes its own heap, from 0 to 1. */
  taking(share: number): void;
  reading(bytes: number): void;
  stage(words: string): void;
  warn(sentence: Sentence): void;
}

export interface WorkLimits {
  /** The number of bytes of memory that the answer may take; null for no limit. */
  readonly memory: number | null;
}

/** Threads that were started before the question was known. */
export interface Threads {
  /** A thread for a file of this size, owned by the caller from then on; null if there is none. */
  take(bytes: number): SecondThread | null;
}

const SILENT: Progress = {
  taking: () => undefined,
  reading: () => undefined,
  stage: () => undefined,
  warn: () => undefined,
};

/** Reports nothing, has no limits and no thread that was started before. */
export const PLAIN_WORK: Work = {
  progress: SILENT,
  limits: { memory: null },
  threads: { take: () => null },
};
