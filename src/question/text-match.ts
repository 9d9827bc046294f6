import { parseRegExp } from '../util/parse-reg-exp.js';

/** Exactly this text, or anything that a regular expression finds. */
export type Match = string | RegExp;

/**
 * Reads `/re/` as a regular expression and any other text literally.
 *
 * @throws ShowBackrefError USAGE for a broken regular expression.
 */
export function parseMatch(text: string): Match {
  return parseRegExp(text) ?? text;
}

/** True if a text equals the wanted one, or contains a match. */
export function isMatch(match: Match, text: string): boolean {
  return typeof match === 'string' ? text === match : match.test(text);
}

/** Part of a text, in any letter case, or anything that a regular expression finds. */
export interface TextFilter {
  /** As the user wrote it. */
  readonly text: string;
  /** Null to search for part of the text. */
  readonly expression: RegExp | null;
}

/** A filter made from a RegExp of a program. */
export function filterOf(expression: RegExp): TextFilter {
  // with g or y, a match would depend on the one before it
  const flags = expression.flags.replace(/[gy]/g, '');
  return { text: String(expression), expression: new RegExp(expression.source, flags) };
}

export function passesFilter({ text, expression }: TextFilter, candidate: string): boolean {
  if (expression !== null) return expression.test(candidate);
  return candidate.toLowerCase().includes(text.toLowerCase());
}
