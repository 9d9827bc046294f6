import { MAX_PLAIN_DIGITS } from './integer-reader.js';

/** More fields than any engine writes; what has more is read by the careful loop. */
export const MOST_PLAIN_FIELDS = 12;
const MOST_FIELD_BYTES = 12;

/** Bytes that a record may have, separators included: so much has to be left of a chunk. */
export function mostPlainBytes(stride: number): number {
  return (stride + 1) * MOST_FIELD_BYTES;
}

/** Where the first number of the record behind `at` begins; `at` itself when no record may begin there. */
export function plainStart(chunk: Uint8Array, at: number, isFirst: boolean): number {
  let i = at;
  if (chunk[i] === 0x0a) i++;
  if (chunk[i] === 0x2c) i++;
  else if (!isFirst) return -1;
  if (chunk[i] === 0x0a) i++;
  return i;
}

/**
 * Reads one record of numbers with at most nine digits and one comma between them.
 *
 * @param fields takes the numbers.
 * @returns the position behind its last digit; -1 for anything else.
 */
export function readPlainRecord(
  chunk: Uint8Array,
  from: number,
  stride: number,
  fields: Int32Array,
): number {
  let i = from;
  for (let field = 0; field < stride; field++) {
    let value = chunk[i] - 0x30;
    if (value >>> 0 > 9) return -1;
    const start = i++;
    let digit = chunk[i] - 0x30;
    // every other field has one digit
    if (digit >>> 0 < 10) {
      for (; digit >>> 0 < 10; digit = chunk[++i] - 0x30)
        value = (Math.imul(value, 10) + digit) | 0;
      if (i - start > MAX_PLAIN_DIGITS) return -1;
    }
    if (digit !== -4 && (digit !== -38 || field < stride - 1)) return -1;
    fields[field] = value;
    i++;
  }
  return i - 1;
}
