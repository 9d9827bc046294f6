import { toOneLine } from '../util/one-line.js';

/**
 * Escapes a sentence for a terminal: names of files and pages can contain line breaks and control
 * characters.
 */
export function toTerminalLine(sentence: string): string {
  return toOneLine(sentence);
}
