import { usage } from '../errors.js';
import { option, say } from '../util/sentence.js';

/** The text for each placeholder of a template, already escaped for the format. */
export type Pieces = Readonly<Record<string, string>>;

/** `{{name}}`, with or without blanks around the name. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** A template of the user. */
export interface Template {
  /** Name of the format it is for. */
  readonly format: string;
  readonly text: string;
}

/**
 * Checks that a template contains only known placeholders.
 *
 * @param shown the name of the file as the user wrote it.
 * @throws ShowBackrefError USAGE naming the unknown placeholder and the known ones.
 */
export function assertPlaceholders(text: string, known: readonly string[], shown: string): void {
  for (const [written, name = ''] of text.matchAll(PLACEHOLDER)) {
    if (known.includes(name.trim())) continue;
    const list = known.map((word) => `{{${word}}}`).join(' ');
    throw usage(say`${option('template')} "${shown}": "${written}" is unknown; use one of ${list}`);
  }
}

/**
 * Inserts the pieces in one pass: text in a piece that looks like a placeholder stays unchanged.
 */
export function fillTemplate(template: string, pieces: Pieces): string {
  return template.replace(PLACEHOLDER, (written, name: string) => pieces[name.trim()] ?? written);
}
