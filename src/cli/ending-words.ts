import { option, say, spell } from '../util/sentence.js';

/*
 * Sentences that both sides of a command may end with: the command itself, and who keeps watch over it, when
 * it does not hear. That one only loads what it needs, so this knows nothing else.
 */

/** What makes an answer smaller. */
const LESS = say`${option('depth')} and ${option('maxNodes')}`;

/** @param text the limit as it was typed. */
export function timeIsUp(text: string) {
  return say`there is no answer within ${option('timeout')} "${text}"; allow more, or ask for less with ${LESS}`;
}

export function noAnswerWithin(text: string): string {
  return spell(timeIsUp(text), 'flags');
}

export function outOfMemory(): string {
  const sentence = say`Node.js may not use more memory; allow more with NODE_OPTIONS=--max-old-space-size=MEGABYTES, or ask for less with ${LESS}`;
  return spell(sentence, 'flags');
}

/** An error that nobody has foreseen. */
export function internalError(reason: string): string {
  return `internal error: ${JSON.stringify(reason)}; run again with --debug and report it`;
}
