import { parseRegExp } from '../util/parse-reg-exp.js';
import { type PropertyQuery, parsePropertyQuery } from './property-query.js';

/** What picks objects by what they are and by how they are held. Plain data. */
export interface Pattern {
  /** A class, `@id`, name of a reference or file, as the user wrote it. */
  readonly text: string;
  /** The same without what says how it is meant, or of how many: `class:`, `many:`, ` x 12`. */
  readonly name: string;
  /** Looks within any of them; null where the text has to be one of them. */
  readonly expression: RegExp | null;
  /** For `{a, b}` and `has:a,b`; null for other texts. */
  readonly properties: PropertyQuery | null;
}

/**
 * A class, `@id`, name of a reference or file, as drawn or as in a table of classes; `/re/` looks
 * within any of them.
 *
 * @throws ShowBackrefError USAGE for a broken regular expression.
 */
export function parsePattern(text: string): Pattern {
  const name = withoutCount(text.replace(/^(?:class:(?=.)|many:(?=@))/s, ''));
  return { text, name, expression: parseRegExp(name), properties: parsePropertyQuery(name) };
}

/** A box for several objects says how many after the name of their class: `Session x 1,204`. */
export function withoutCount(title: string): string {
  return title.replace(/(?<=.) x [\d,]+$/s, '');
}
