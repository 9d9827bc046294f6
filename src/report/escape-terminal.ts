import { isEastAsianWide } from '../util/east-asian-wide.js';
import { showInvisible } from '../util/show-invisible.js';
import { graphemesOf, type MeasureText } from '../util/truncate.js';

const EMOJI = /\p{Emoji_Presentation}/u;
const COMBINING = /^\p{Mark}+$/u;

/**
 * Makes text from a heap safe to print: escape sequences, control characters and bidirectional
 * overrides are written out, so that no string in a heap can recolour, rename or rewrite what the
 * reader sees.
 */
export function escapeTerminal(text: string): string {
  return showInvisible(text);
}

/** The number of terminal columns of one grapheme. */
export const columnsOf: MeasureText = (grapheme) => {
  if (COMBINING.test(grapheme)) return 0;
  return isEastAsianWide(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
};

/**
 * A run of characters with one column each, or a piece of other text: Intl.Segmenter takes long for
 * long texts.
 */
const PIECES = /[ -~]+|[^ -~]{1,256}/gu;
const PLAIN = /^[ -~]/;

/** The number of terminal columns of a line. */
export function columnsIn(line: string): number {
  let columns = 0;
  for (const [piece] of line.matchAll(PIECES)) {
    if (PLAIN.test(piece)) columns += piece.length;
    else for (const { segment } of graphemesOf(piece)) columns += columnsOf(segment);
  }
  return columns;
}
