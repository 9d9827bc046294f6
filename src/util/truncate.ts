/**
 * A text in which each character is a grapheme, as in most: not worth loading Unicode's tables,
 * which takes 10 ms.
 */
const PLAIN = /^[ -~]*$/;

let segmenter: Intl.Segmenter | null = null;

/** A grapheme usually has one or two units; this limits the work on a text made of joiners. */
const UNITS_PER_COLUMN = 8;

/** Measures one grapheme, in the unit of the limit. */
export type MeasureText = (grapheme: string) => number;

const countOne: MeasureText = () => 1;

/**
 * Cuts a text to at most `limit` graphemes (or units of `measure`), the last of them `…`. Reads no
 * more of a long text than it keeps.
 */
export function truncate(text: string, limit: number, measure: MeasureText = countOne): string {
  // most are short, and finding graphemes is slow
  if (measure === countOne && text.length <= limit) return text;
  const head = text.slice(0, limit * UNITS_PER_COLUMN);
  let width = 0;
  let keep = 0;
  for (const { segment, index } of graphemesOf(head)) {
    if (width <= limit - 1) keep = index;
    width += measure(segment);
    if (width > limit) return `${head.slice(0, keep)}…`;
  }
  return head.length < text.length ? `${head.slice(0, keep)}…` : text;
}

/** Cuts off the beginning instead of the end: of `src/a/b.js:3:7` the end is the useful part. */
export function truncateStart(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const tail = text.slice(-limit * UNITS_PER_COLUMN);
  const parts = [...graphemesOf(tail)];
  if (parts.length <= limit) return tail.length < text.length ? `…${tail}` : text;
  return `…${tail.slice(parts.at(1 - limit)?.index)}`;
}

/** Of what `truncateMiddle` keeps, for the end: an id, a place in a file. */
const END_KEPT = 20;

/** Cuts a text to at most `limit` units in its middle: the end may be an id or a line number. */
export function truncateMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit - END_KEPT - 1).replace(/[\ud800-\udbff]$/, '');
  return `${head}…${text.slice(-END_KEPT).replace(/^[\udc00-\udfff]/, '')}`;
}

/** The graphemes of a text: what a reader takes for one character each. */
export function graphemesOf(
  text: string,
): Iterable<{ readonly segment: string; readonly index: number }> {
  if (PLAIN.test(text)) return Array.from(text, (segment, index) => ({ segment, index }));
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/**
 * The longest text shown: a name in a heap may have millions of characters, but nobody reads that
 * many.
 */
const LONGEST_TEXT = 10_000;

/** For `JSON.stringify`: texts of more than ten thousand characters end in `…`. */
export function cutValue(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= LONGEST_TEXT) return value;
  // half a surrogate pair is not a character
  return `${value.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;
}
