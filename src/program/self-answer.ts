import type { ErrorCode } from '../errors.js';
import type { Sentence } from '../util/sentence.js';
import type { Answers, Question } from './questions.js';

/** The only message that the worker of a call posts. */
export type SelfAnswer =
  | { readonly answer: Answers[Question['kind']] }
  | { readonly failure: Failure };

/** An error as it crosses from the worker to the program. */
export interface Failure {
  readonly code: ErrorCode;
  /** The message and the details. */
  readonly sentences: readonly Sentence[];
  readonly stack: string | undefined;
}
