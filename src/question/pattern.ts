import { parseRegExp } from '../util/parse-reg-exp.js';

/** What picks objects by what they are and by how they are held. Plain data. */
export interface Pattern {
  /** A class, `@id`, name of a reference or file, as the user wrote it. */
  readonly text: string;
  /** Looks within any of them; null where the text has to be one of them. */
  readonly expression: RegExp | null;
}

/**
 * A class, `@id`, name of a reference or file; `/re/` looks within any of them.
 *
 * @throws ShowBackrefError USAGE for a broken regular expression.
 */
export function parsePattern(text: string): Pattern {
  return { text, expression: parseRegExp(text) };
}
