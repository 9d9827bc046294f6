import { parseRegExp } from '../util/parse-reg-exp.js';
import { type PropertyQuery, parsePropertyQuery } from './property-query.js';

/** Picks objects by what they are and by how they are held. Plain data. */
export interface Pattern {
  /** A class, `@id`, or name of a reference or file, as the user wrote it. */
  readonly text: string;
  /**
   * The text without the parts that say how it is meant, or of how many objects: `class:`, `many:`,
   * ` x 12`.
   */
  readonly name: string;
  /** Searches within any of these; null if the text has to equal one of them. */
  readonly expression: RegExp | null;
  /** For `{a, b}` and `has:a,b`; null for other texts. */
  readonly properties: PropertyQuery | null;
}

/**
 * Reads a class, `@id`, or name of a reference or file, as drawn or as in a table of classes;
 * `/re/` searches within any of them.
 *
 * @throws ShowBackrefError USAGE for a broken regular expression.
 */
export function parsePattern(text: string): Pattern {
  const name = withoutCount(text.replace(/^(?:class:(?=.)|many:(?=@))/s, ''));
  return { text, name, expression: parseRegExp(name), properties: parsePropertyQuery(name) };
}

/**
 * Removes the count: a box for several objects shows it after the name of their class, as in
 * `Session x 1,204`.
 */
export function withoutCount(title: string): string {
  return title.replace(/(?<=.) x [\d,]+$/s, '');
}
