import { textOfUnits } from '../../util/many.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const U = 0x75;
const LONGEST_ESCAPE = 6;

const ESCAPES: ReadonlyMap<number, number> = new Map(
  Object.entries({ b: 8, t: 9, n: 10, f: 12, r: 13 }).map(([letter, byte]) => [
    letter.charCodeAt(0),
    byte,
  ]),
);

/**
 * The text that a JSON string represents, from the byte after its opening quote up to its closing
 * one; anything after that is left out.
 */
export async function* unquote(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const text = Buffer.concat([left, chunk]);
    const { bytes, next, isEnd } = unquotePiece(text);
    if (bytes.length > 0) yield bytes;
    if (isEnd) return;
    left = text.subarray(next);
  }
}

/** Unquotes the part in which escapes are complete. */
function unquotePiece(text: Buffer): { bytes: Buffer; next: number; isEnd: boolean } {
  // an escape is never shorter than its character
  const bytes = Buffer.allocUnsafe(text.length);
  let length = 0;
  let at = 0;
  while (at < text.length) {
    const c = text[at] as number;
    if (c === QUOTE) return { bytes: bytes.subarray(0, length), next: at, isEnd: true };
    if (c !== BACKSLASH) {
      bytes[length++] = c;
      at++;
      continue;
    }
    const size = sizeOfEscape(text, at);
    if (at + size > text.length) break;
    length += writeEscape(text, at, bytes.subarray(length));
    at += size;
  }
  return { bytes: bytes.subarray(0, length), next: at, isEnd: false };
}

/** The length of an escape; two halves of a character count as one. */
function sizeOfEscape(text: Buffer, at: number): number {
  if (text[at + 1] !== U) return 2;
  if (at + LONGEST_ESCAPE > text.length) return LONGEST_ESCAPE;
  const isFirstHalf = (unitAt(text, at) & 0xfc00) === 0xd800;
  if (!isFirstHalf) return LONGEST_ESCAPE;
  const follows = text.length < at + 8 || (text[at + 6] === BACKSLASH && text[at + 7] === U);
  return follows ? 2 * LONGEST_ESCAPE : LONGEST_ESCAPE;
}

function writeEscape(text: Buffer, at: number, into: Buffer): number {
  const letter = text[at + 1] as number;
  if (letter !== U) {
    into[0] = ESCAPES.get(letter) ?? letter;
    return 1;
  }
  const units = sizeOfEscape(text, at) === LONGEST_ESCAPE ? [at] : [at, at + LONGEST_ESCAPE];
  return into.write(textOfUnits(units.map((unit) => unitAt(text, unit))), 'utf8');
}

function unitAt(text: Buffer, at: number): number {
  return Number.parseInt(text.toString('latin1', at + 2, at + LONGEST_ESCAPE), 16) || 0;
}
