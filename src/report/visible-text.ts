import { showInvisible } from '../util/show-invisible.js';
import { truncate } from '../util/truncate.js';

/** A grapheme is seldom longer; looks at no more of a text than that, which may be a megabyte. */
const UNITS_PER_GRAPHEME = 16;

/** Text from a heap for a reader: one line, nothing invisible, at most `limit` graphemes. */
export function visibleText(text: string, limit: number): string {
  const head =
    text.length > limit * UNITS_PER_GRAPHEME ? text.slice(0, limit * UNITS_PER_GRAPHEME) : text;
  return truncate(showInvisible(head), limit);
}
