import { parseRegExp } from '../util/parse-reg-exp.js';

/** Exactly this text, or anything a regular expression finds. */
export type Match = string | RegExp;

/**
 * Reads `/re/` as a regular expression and anything else as itself.
 *
 * @throws ShowBackrefError USAGE for a broken regular expression.
 */
export function parseMatch(text: string): Match {
  return parseRegExp(text) ?? text;
}

/** True if a text is the one that is wanted, or has in it what is looked for. */
export function isMatch(match: Match, text: string): boolean {
  return typeof match === 'string' ? text === match : match.test(text);
}

/** A part of a text, in any letter case, or what a regular expression finds. */
export interface TextFilter {
  /** As the user wrote it. */
  readonly text: string;
  /** Null for a part of the text. */
  readonly expression: RegExp | null;
}

/** A filter for what a regular expression of a program finds. */
export function filterOf(expression: RegExp): TextFilter {
  // g and y would make a match depend on the one before it
  const flags = expression.flags.replace(/[gy]/g, '');
  return { text: String(expression), expression: new RegExp(expression.source, flags) };
}

export function passesFilter({ text, expression }: TextFilter, candidate: string): boolean {
  if (expression !== null) return expression.test(candidate);
  return candidate.toLowerCase().includes(text.toLowerCase());
}
