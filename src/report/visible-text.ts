import { showInvisible } from '../util/show-invisible.js';
import { truncate } from '../util/truncate.js';

/**
 * The length up to which a text is examined per grapheme: few are longer, and the text may have a
 * megabyte.
 */
const UNITS_PER_GRAPHEME = 16;

/** The id of an object, or the number of objects in a box. */
const LABEL_END = / (?:@\d+|x [\d,]+)$/;

/**
 * A node's label for a reader: its name is cut before its id or count, by which it is identified.
 */
export function visibleLabel(label: string, limit: number): string {
  const [end = ''] = LABEL_END.exec(label.slice(-UNITS_PER_GRAPHEME)) ?? [];
  const name = end === '' ? label : label.slice(0, -end.length);
  return visibleText(name, limit - end.length) + end;
}

/** Text from a heap for a reader: one line, no invisible characters, at most `limit` graphemes. */
export function visibleText(text: string, limit: number): string {
  const head =
    text.length > limit * UNITS_PER_GRAPHEME ? text.slice(0, limit * UNITS_PER_GRAPHEME) : text;
  return truncate(showInvisible(head), limit);
}
