import { toOneLine } from '../util/one-line.js';

/** A sentence as it is shown: names of files and pages can hold line breaks and what drives a terminal. */
export function toTerminalLine(sentence: string): string {
  return toOneLine(sentence);
}
