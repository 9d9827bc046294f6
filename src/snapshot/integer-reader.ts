import type { ValueReader } from './value-reader.js';
import { fail } from './value-reader.js';

const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** Records per batch: small enough to stay in the second-level cache, large enough to amortise the call. */
const BATCH_RECORDS = 4096;

/** More digits than any integer has that a double can hold; what is longer is refused unread. */
const MAX_DIGITS = 24;

/**
 * Takes the numbers of an array in batches of whole records; `count` values are valid and end at
 * byte `at` of the chunk. The batch is reused: read it before returning.
 */
export type RecordSink = (batch: Float64Array, count: number, at: number) => void;

/**
 * Reads a flat JSON array of integers, chunk by chunk, with no work per byte beyond the digits:
 * a chunk is read up to the last byte that cannot be inside a number, and only the number cut by
 * the seam goes through the slow path.
 */
export class IntegerReader implements ValueReader {
  readonly #stride: number;
  readonly #sink: RecordSink;
  readonly #batch: Float64Array;
  #filled = 0;
  #opened = false;
  /** The digits of a number cut by the end of the last chunk; empty when none was. */
  #cut = '';

  constructor(stride: number, sink: RecordSink) {
    this.#stride = stride;
    this.#sink = sink;
    this.#batch = new Float64Array(stride * BATCH_RECORDS);
  }

  read(chunk: Uint8Array, from: number): number {
    let i = from;
    if (!this.#opened) {
      if (chunk[i] !== OPEN) fail('expected "["', i);
      this.#opened = true;
      i++;
    }
    if (this.#cut !== '') i = this.#finishCutNumber(chunk, i);
    const safe = lastNumberStart(chunk, i);
    const end = this.#readWhole(chunk, i, safe);
    if (end >= 0) return end;
    this.#keepCut(chunk, safe);
    return -1;
  }

  /** The kernel: every number in [from, safe) is complete. Returns the position after "]", or -1. */
  #readWhole(chunk: Uint8Array, from: number, safe: number): number {
    const batch = this.#batch;
    let filled = this.#filled;
    let i = from;
    while (i < safe) {
      const start = i;
      let value = chunk[i] - ZERO;
      if (value >>> 0 > 9) {
        const c = value + ZERO;
        i++;
        if (c === COMMA || c === 0x0a || c === 0x20 || c === 0x0d || c === 0x09) continue;
        if (c === CLOSE) return this.#close(filled, i);
        const isGlued = start > from && isNumberByte(chunk[start - 1]);
        if (c !== MINUS || isGlued) fail(`unexpected ${showByte(c)}`, start);
        while ((chunk[i] - ZERO) >>> 0 <= 9) i++;
        value = numberOf(chunk, start, i, start);
      } else {
        let digit = chunk[++i] - ZERO;
        while (digit >>> 0 <= 9) {
          value = (Math.imul(value, 10) + digit) | 0;
          digit = chunk[++i] - ZERO;
        }
        // ten digits and more do not fit the integer arithmetic above
        if (i - start > 9) value = numberOf(chunk, start, i, start);
      }
      batch[filled++] = value;
      if (filled === batch.length) {
        this.#sink(batch, filled, i);
        filled = 0;
      }
    }
    this.#filled = filled;
    return -1;
  }

  #finishCutNumber(chunk: Uint8Array, from: number): number {
    const i = this.#keepCut(chunk, from);
    if (i === chunk.length) return i;
    const bytes = Buffer.from(this.#cut, 'latin1');
    this.#push(numberOf(bytes, 0, bytes.length, from), i);
    this.#cut = '';
    return i;
  }

  /** Collects what belongs to the number at the seam; returns the position after it. */
  #keepCut(chunk: Uint8Array, from: number): number {
    let i = from;
    while (i < chunk.length && isNumberByte(chunk[i])) {
      // one byte more than allowed is kept, so that the number is refused for its length
      if (this.#cut.length <= MAX_DIGITS) this.#cut += String.fromCharCode(chunk[i]);
      i++;
    }
    return i;
  }

  #push(value: number, at: number): void {
    this.#batch[this.#filled++] = value;
    if (this.#filled < this.#batch.length) return;
    this.#sink(this.#batch, this.#filled, at);
    this.#filled = 0;
  }

  #close(filled: number, position: number): number {
    if (filled % this.#stride !== 0) fail('the last record is incomplete', position - 1);
    if (filled > 0) this.#sink(this.#batch, filled, position - 1);
    this.#filled = 0;
    return position;
  }
}

/** Where the number that runs to the end of the chunk begins; chunk.length when none does. */
function lastNumberStart(chunk: Uint8Array, from: number): number {
  let safe = chunk.length;
  while (safe > from && isNumberByte(chunk[safe - 1])) safe--;
  return safe;
}

function isNumberByte(c: number): boolean {
  return (c >= ZERO && c <= 0x39) || c === MINUS;
}

function numberOf(bytes: Uint8Array, start: number, end: number, at: number): number {
  const isTooLong = end - start > MAX_DIGITS;
  const text = Buffer.from(bytes.subarray(start, isTooLong ? start + MAX_DIGITS : end)).toString();
  const value = /^-?\d+$/.test(text) && !isTooLong ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    fail(`"${text}${isTooLong ? '…' : ''}" is not an integer this format can hold`, at);
  }
  return value;
}

function showByte(c: number): string {
  return c > 0x20 && c < 0x7f
    ? `"${String.fromCharCode(c)}"`
    : `byte 0x${c.toString(16).padStart(2, '0')}`;
}
