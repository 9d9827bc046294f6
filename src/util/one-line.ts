import { showInvisible } from './show-invisible.js';

/** Enough for a sentence with two paths. */
const MOST_CHARACTERS = 1000;
/** The end of a sentence that is kept: it says what to do next. */
const END_CHARACTERS = 250;

/**
 * A sentence that is safe to show: names of files, pages and versions in it can have any length,
 * and contain line breaks and control characters. The middle of a long one is left out.
 */
export function toOneLine(sentence: string): string {
  // escapes are longer than their characters: cut before escaping, to save time, and after
  const shown = showInvisible(withoutMiddle(sentence));
  return showInvisible(withoutMiddle(shown));
}

function withoutMiddle(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const start = text.slice(0, MOST_CHARACTERS - END_CHARACTERS - 1);
  return `${start}…${text.slice(-END_CHARACTERS)}`;
}
