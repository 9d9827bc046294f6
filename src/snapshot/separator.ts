/** The text between two records: one or two bytes, the first in the lower half of the word. */
export interface Separator {
  readonly word: number;
  readonly bytes: 1 | 2;
}

const COMMA = 0x2c;
const LINE_BREAK = 0x0a;

/**
 * The separator after the record that begins at `from`; null if it is unknown or the chunk ends
 * before the next record begins.
 *
 * @param fields numbers in a record, with one comma between them.
 */
export function separatorBehind(chunk: Uint8Array, from: number, fields: number): Separator | null {
  let at = from;
  for (let field = 0; field < fields; field++) {
    while (isDigit(chunk[at])) at++;
    if (field + 1 < fields && chunk[at++] !== COMMA) return null;
  }
  const [first, second, third] = [chunk[at], chunk[at + 1], chunk[at + 2]];
  if (first === COMMA && isDigit(second)) return { word: COMMA, bytes: 1 };
  const isBoth = first + second === COMMA + LINE_BREAK && (first === COMMA || second === COMMA);
  return isBoth && isDigit(third) ? { word: first | (second << 8), bytes: 2 } : null;
}

/** True for a digit; false beyond the end, too. */
function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= 0x30 && c <= 0x39;
}
