/** A name in a heap may have millions of characters; nobody reads more of one than this. */
const LONGEST_TEXT = 10_000;

/** For `JSON.stringify`: texts of more than ten thousand characters end in `…`. */
export function cutValue(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= LONGEST_TEXT) return value;
  // half a surrogate pair is no character
  return `${value.slice(0, LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '')}…`;
}
