import type { Work } from '../../answer/work.js';
import type { RedactMode } from '../../redact/redactor.js';
import type { SourceRules } from './heap-sources.js';
import type { OpenHeaps } from './open-heaps.js';
import type { Arguments } from './read-arguments.js';

/** Longest text of a heap in an answer. */
export const LONGEST_TEXT = 80;

/** The rules and the open heaps with which calls are answered. */
export interface Room {
  readonly rules: SourceRules;
  readonly heaps: OpenHeaps;
  readonly redact: RedactMode;
}

/** One call as it is answered. */
export interface ToolCall {
  readonly tool: string;
  readonly asked: Arguments;
  readonly budget: number;
  readonly work: Work;
  /** Sentences for the reader that came up on the way. */
  readonly warnings: readonly string[];
}
