import type { SecondThread } from '../util/second-thread.js';
import type { Sentence } from '../util/sentence.js';

/** How answering is to go on, whatever the question: made once for each. */
export interface Work {
  readonly signal?: AbortSignal | undefined;
  readonly progress: Progress;
  readonly limits: WorkLimits;
  readonly threads: Threads;
}

/** What the pipeline says while it works; all of it may be ignored. */
export interface Progress {
  /** How much of its work a program has done that takes its own heap, from 0 to 1. */
  taking(share: number): void;
  reading(bytes: number): void;
  stage(words: string): void;
  warn(sentence: Sentence): void;
}

export interface WorkLimits {
  /** Bytes of memory the answer may take; null for any number. */
  readonly memory: number | null;
}

/** Threads that were started before anything was known of the question. */
export interface Threads {
  /** One for a file of that size, which is then the caller's; null where there is none. */
  take(bytes: number): SecondThread | null;
}

const SILENT: Progress = {
  taking: () => undefined,
  reading: () => undefined,
  stage: () => undefined,
  warn: () => undefined,
};

/** Says nothing, knows no limits, has no thread that was started before. */
export const PLAIN_WORK: Work = {
  progress: SILENT,
  limits: { memory: null },
  threads: { take: () => null },
};
