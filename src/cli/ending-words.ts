import { option, say, spell } from '../util/sentence.js';

/*
 * Sentences that either side of a command may end with: the command itself, or its supervisor when
 * the command does not respond. The supervisor loads only what it needs, so this module imports
 * almost nothing.
 */

/** The options that make an answer smaller. */
const LESS = say`${option('depth')} and ${option('maxNodes')}`;

/** Says that the time limit was reached. @param text the limit as it was typed. */
export function timeIsUp(text: string) {
  return say`there is no answer within ${option('timeout')} "${text}"; allow more, or ask for less with ${LESS}`;
}

export function noAnswerWithin(text: string): string {
  return spell(timeIsUp(text), 'flags');
}

export function outOfMemory(): string {
  const sentence = say`Node.js has reached its memory limit; allow more with NODE_OPTIONS=--max-old-space-size=MEGABYTES, or ask for less with ${LESS}`;
  return spell(sentence, 'flags');
}

/** The message for an unexpected error. */
export function internalError(reason: string): string {
  return `internal error: ${JSON.stringify(reason)}; run again with --debug and report it`;
}
