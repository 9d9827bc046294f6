import type { ReadAt } from './second-reader.js';

const PROBE_BYTES = 4096;
const STEP_BYTES = 128 << 10;
/**
 * The key that V8 writes after the edges. A string cannot contain it: its quotes would be escaped.
 */
const NEXT_KEY = '"trace_function_infos":';

/**
 * Finds the end of the `edges` section (its bracket) without reading the sections before it: the
 * file is numbers, then strings, so the border is found by bisection and the key is searched just
 * before it.
 *
 * @returns a guess, to be verified by reading on from there; null if the file is structured
 *   differently.
 */
export function findEdgesEnd(readAt: ReadAt, size: number): number | null {
  let low = 0;
  let high = size;
  while (high - low > STEP_BYTES) {
    const middle = Math.floor((low + high) / 2);
    if (isNumbers(readAt(middle, PROBE_BYTES))) low = middle;
    else high = middle;
  }
  return bracketBefore(readAt, Math.min(size, high + PROBE_BYTES));
}

/** Searches backwards for the key, and for the bracket before it. */
function bracketBefore(readAt: ReadAt, end: number): number | null {
  for (let stop = end; stop > 0; stop -= STEP_BYTES) {
    const start = Math.max(0, stop - STEP_BYTES);
    const bytes = Buffer.from(readAt(start, stop - start + NEXT_KEY.length));
    const key = bytes.lastIndexOf(NEXT_KEY);
    if (key < 0) continue;
    const bracket = bytes.lastIndexOf(']', key);
    return bracket < 0 ? null : start + bracket;
  }
  return null;
}

/** True for characters of numeric sections, including nested ones. */
function isNumbers(bytes: Uint8Array): boolean {
  return bytes.every((c) => (c >= 0x30 && c <= 0x39) || '[],- \n'.includes(String.fromCharCode(c)));
}
