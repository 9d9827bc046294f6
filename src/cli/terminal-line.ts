import { escapeTerminal } from '../report/escape-terminal.js';

/** A sentence as it is shown: names of files can hold line breaks and what drives a terminal. */
export function toTerminalLine(sentence: string): string {
  return escapeTerminal(sentence.replaceAll('\n', '\\n'));
}
