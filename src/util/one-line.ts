import { showInvisible } from './show-invisible.js';

/** Enough for a sentence with two paths. */
const MOST_CHARACTERS = 1000;
/** What to do next stands at the end of a sentence. */
const END_CHARACTERS = 250;

/**
 * A sentence as it may be shown: names of files, pages and versions in it can be of any length, and hold
 * line breaks and what drives a terminal. The middle of a long one is left out.
 */
export function toOneLine(sentence: string): string {
  // escapes are longer than what they stand for: cut before them, for the time they take, and after
  const shown = showInvisible(withoutMiddle(sentence));
  return showInvisible(withoutMiddle(shown));
}

function withoutMiddle(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const start = text.slice(0, MOST_CHARACTERS - END_CHARACTERS - 1);
  return `${start}…${text.slice(-END_CHARACTERS)}`;
}
