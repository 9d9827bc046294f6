import { usage } from '../errors.js';
import { option, say } from '../util/sentence.js';

/** What may stand for each placeholder of a template, escaped for the format already. */
export type Pieces = Readonly<Record<string, string>>;

/** `{{name}}`, with blanks around the name or not. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** A template of the user's own. */
export interface Template {
  /** Name of the format it is for. */
  readonly format: string;
  readonly text: string;
}

/**
 * Checks that a template names nothing but known placeholders.
 *
 * @param shown how the user wrote the file's name.
 * @throws ShowBackrefError USAGE naming the unknown one and the known ones.
 */
export function assertPlaceholders(text: string, known: readonly string[], shown: string): void {
  for (const [written, name = ''] of text.matchAll(PLACEHOLDER)) {
    if (known.includes(name.trim())) continue;
    const list = known.map((word) => `{{${word}}}`).join(' ');
    throw usage(say`${option('template')} "${shown}": "${written}" is unknown; use one of ${list}`);
  }
}

/** Puts the pieces in, in one pass: what looks like a placeholder in a piece stays as it is. */
export function fillTemplate(template: string, pieces: Pieces): string {
  return template.replace(PLACEHOLDER, (written, name: string) => pieces[name.trim()] ?? written);
}
