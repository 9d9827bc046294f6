/** The number of strings that the last call found. */
export let stringsTaken: u32 = 0;

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
/** The number of bytes examined at once. */
const WINDOW: usize = 16;

/**
 * Finds the strings of an array, written with one comma and at most one line break between two.
 *
 * @param from the opening quote of a string.
 * @param last the position from which no string may begin or end; some bytes after it are
 *   examined.
 * @param shift added to a position in memory to get the recorded position.
 * @param starts receives the position after each opening quote.
 * @param heads receives the two bytes there, as 16 bits each.
 * @returns the position after the closing quote of the last string found; `from` if there is
 *   none.
 */
export function findStrings(
  from: usize,
  last: usize,
  shift: u32,
  starts: usize,
  heads: usize,
  most: u32,
): usize {
  let taken: u32 = 0;
  let quote = from;
  let behind = from;
  while (quote < last && taken < most) {
    const stop = closingQuote(quote + 1, last);
    if (stop === 0) break;
    store<u32>(starts + (taken << 2), <u32>(quote + 1) + shift);
    store<u16>(heads + (taken << 1), load<u16>(quote + 1));
    taken++;
    behind = stop + 1;
    if (load<u8>(behind) !== 0x2c) break;
    quote = behind + (load<u8>(behind, 1) === 0x0a ? 2 : 1);
    if (load<u8>(quote) !== QUOTE) break;
  }
  stringsTaken = taken;
  return behind;
}

/** The next quote without a backslash before it; 0 if there is none before `last`. */
function closingQuote(from: usize, last: usize): usize {
  let text = from;
  while (text < last) {
    const bytes = v128.load(text);
    const quotes = i8x16.eq(bytes, i8x16.splat(QUOTE));
    const found = <u32>i8x16.bitmask(v128.or(quotes, i8x16.eq(bytes, i8x16.splat(BACKSLASH))));
    if (found === 0) {
      text += WINDOW;
      continue;
    }
    text += ctz(found);
    if (load<u8>(text) === QUOTE) return text < last ? text : 0;
    // an escaped character is part of the text
    text += 2;
  }
  return 0;
}
