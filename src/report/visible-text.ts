import { showInvisible } from '../util/show-invisible.js';
import { truncate } from '../util/truncate.js';

/** A grapheme is seldom longer; looks at no more of a text than that, which may be a megabyte. */
const UNITS_PER_GRAPHEME = 16;

/** The id of an object, or how many a box stands for. */
const LABEL_END = / (?:@\d+|x [\d,]+)$/;

/** A node's label likewise: its name is cut before its id or count, by which it is asked for. */
export function visibleLabel(label: string, limit: number): string {
  const [end = ''] = LABEL_END.exec(label.slice(-UNITS_PER_GRAPHEME)) ?? [];
  const name = end === '' ? label : label.slice(0, -end.length);
  return visibleText(name, limit - end.length) + end;
}

/** Text from a heap for a reader: one line, nothing invisible, at most `limit` graphemes. */
export function visibleText(text: string, limit: number): string {
  const head =
    text.length > limit * UNITS_PER_GRAPHEME ? text.slice(0, limit * UNITS_PER_GRAPHEME) : text;
  return truncate(showInvisible(head), limit);
}
