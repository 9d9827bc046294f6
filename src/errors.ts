import { toOneLine } from './util/one-line.js';
import { type Sentence, type Spelling, spell } from './util/sentence.js';

/** The kinds of failure, a closed set; `EXIT_CODES` gives the exit code of each. */
export type ErrorCode =
  | 'USAGE'
  | 'SOURCE_NOT_FOUND'
  | 'SOURCE_UNREACHABLE'
  | 'SOURCE_REFUSED'
  | 'SNAPSHOT_INVALID'
  | 'SNAPSHOT_TRUNCATED'
  | 'OUT_OF_MEMORY'
  | 'OUT_OF_TIME'
  | 'NOTHING_SELECTED'
  | 'AMBIGUOUS_TARGET'
  | 'RENDER_FAILED'
  | 'OUTPUT_FAILED'
  | 'INTERRUPTED';

/**
 * The only error class. `message` is one sentence that a user can act on: what failed, the value in
 * quotes, what to do next; `details` are further lines for the terminal, such as a table of
 * candidates. Both name options as a program writes them; `inWords` names them as another door
 * does. Quoted text may come from anywhere: it is escaped, and cut where it is long. The original
 * failure is kept unchanged as `cause`.
 */
export class ShowBackrefError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly string[];
  /** The message and the details as data. */
  readonly sentences: readonly Sentence[];

  constructor(
    code: ErrorCode,
    message: Sentence,
    options: { cause?: unknown; details?: readonly Sentence[] } = {},
  ) {
    super(
      toOneLine(spell(message, 'names')),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    const details = options.details ?? [];
    this.name = 'ShowBackrefError';
    this.code = code;
    this.details = details.map((line) => toOneLine(spell(line, 'names')));
    this.sentences = [message, ...details];
  }

  /** The message and the details, one line each. */
  inWords(spelling: Spelling): readonly string[] {
    return this.sentences.map((sentence) => toOneLine(spell(sentence, spelling)));
  }
}

/** A wrong option or argument. */
export function usage(message: Sentence, cause?: unknown): ShowBackrefError {
  return new ShowBackrefError('USAGE', message, { cause });
}

/** The process exit code for an error: 2 usage, 130 interrupted, 1 everything else. */
export function exitCodeOf(code: ErrorCode): 1 | 2 | 130 {
  if (code === 'USAGE') return 2;
  return code === 'INTERRUPTED' ? 130 : 1;
}
