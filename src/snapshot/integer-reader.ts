import type { ValueReader } from './value-reader.js';
import { fail } from './value-reader.js';

const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** The number of records that the careful loop reads before the fast one is tried again. */
const BATCH_RECORDS = 256;

/** More digits than any integer has that a double can hold; longer numbers are refused unread. */
const MAX_DIGITS = 24;

/** Numbers of up to this many digits are computed in 32 bits. */
const MAX_PLAIN_DIGITS = 9;

/** Receives the records of a section. */
export interface RecordSink {
  /**
   * Reads records in the form in which engines write nearly all of them: numbers of at most nine
   * digits with one comma between them. `from` is where a record begins. Stops before anything
   * else, and well before `end`.
   *
   * @returns the position after the last record read, `from` if there was none.
   */
  addPlain(chunk: Uint8Array, from: number, end: number): number;
  /**
   * Takes `count` values, which are whole records and end before byte `at` of the chunk. The batch
   * is reused: read it before returning.
   */
  add(batch: Float64Array, count: number, at: number): void;
}

/**
 * Reads a flat JSON array of integers, chunk by chunk. The section's own loop (`addPlain`) reads
 * nearly all of it; this class reads the rest: a number cut by the end of a chunk, unusual numbers,
 * other white space, errors.
 */
export class IntegerReader implements ValueReader {
  readonly #stride: number;
  readonly #sink: RecordSink;
  readonly #batch: Float64Array;
  #filled = 0;
  #opened = false;
  /**
   * The last token, which decides what may follow: after "[" a number or the end, after a number a
   * comma or the end.
   */
  #last: 'open' | 'number' | 'comma' = 'open';
  /** The digits of a number cut by the end of the last chunk; empty if none was. */
  #cut = '';
  /** The number of its bytes in earlier chunks. */
  #cutBytes = 0;
  #closed = false;

  constructor(stride: number, sink: RecordSink) {
    this.#stride = stride;
    this.#sink = sink;
    this.#batch = new Float64Array(stride * BATCH_RECORDS);
  }

  passRecords(): boolean {
    if (!this.#opened || this.#filled > 0 || this.#cut !== '' || this.#last === 'number')
      return false;
    this.#last = 'number';
    return true;
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
    while (i < safe) {
      if (this.#filled === 0) i = this.#readPlain(chunk, i, safe);
      i = this.#readBatch(chunk, i, safe);
      if (this.#closed) return i;
    }
    this.#keepCut(chunk, safe);
    return -1;
  }

  #readPlain(chunk: Uint8Array, from: number, safe: number): number {
    let start = from;
    while (start < safe && this.#isSeparator(chunk[start], start)) start++;
    if (this.#last === 'number' || !isDigit(chunk[start])) return start;
    const end = this.#sink.addPlain(chunk, start, safe);
    if (end > start) this.#last = 'number';
    return end;
  }

  /**
   * Skips white space, and a comma where one is allowed. With two commas in a row a number is
   * missing: reading on, everything after it would be misinterpreted.
   */
  #isSeparator(c: number, at: number): boolean {
    if (isSpace(c)) return true;
    if (c !== COMMA) return false;
    if (this.#last !== 'number') fail('unexpected ","', at);
    this.#last = 'comma';
    return true;
  }

  /**
   * Reads until the batch is full, the array ends or `safe` is reached, and passes on whole
   * records. Every number in [from, safe) is complete.
   */
  #readBatch(chunk: Uint8Array, from: number, safe: number): number {
    const batch = this.#batch;
    let filled = this.#filled;
    let i = from;
    while (i < safe && filled < batch.length) {
      const start = i;
      const c = chunk[i++];
      if (this.#isSeparator(c, start)) continue;
      if (c === CLOSE && this.#last !== 'comma') {
        if (filled % this.#stride !== 0) fail('the last record is incomplete', start);
        this.#closed = true;
        break;
      }
      if (!isNumberByte(c) || this.#last === 'number') fail(`unexpected ${showByte(c)}`, start);
      while (isDigit(chunk[i])) i++;
      batch[filled++] = numberOf(chunk, start, i, start);
      this.#last = 'number';
    }
    this.#filled = filled;
    this.#handOver(i);
    return i;
  }

  #handOver(at: number): void {
    const whole = this.#filled - (this.#filled % this.#stride);
    if (whole > 0) this.#sink.add(this.#batch, whole, this.#closed ? at - 1 : at);
    this.#batch.copyWithin(0, whole, this.#filled);
    this.#filled -= whole;
  }

  #finishCutNumber(chunk: Uint8Array, from: number): number {
    const i = this.#keepCut(chunk, from);
    if (i === chunk.length) return i;
    const start = i - this.#cutBytes;
    if (this.#last === 'number') fail(`unexpected "${this.#cut[0]}"`, start);
    const bytes = Buffer.from(this.#cut, 'latin1');
    this.#batch[this.#filled++] = numberOf(bytes, 0, bytes.length, start);
    this.#last = 'number';
    this.#cut = '';
    this.#cutBytes = 0;
    this.#handOver(i);
    return i;
  }

  /** Collects the rest of a number cut by the chunk's end; returns the position after it. */
  #keepCut(chunk: Uint8Array, from: number): number {
    let i = from;
    while (i < chunk.length && isNumberByte(chunk[i])) {
      // keeps one byte more than allowed, so that the number is refused for its length
      if (this.#cut.length <= MAX_DIGITS) this.#cut += String.fromCharCode(chunk[i]);
      this.#cutBytes++;
      i++;
    }
    return i;
  }
}

/** The start of the number that runs to the end of the chunk; chunk.length if there is none. */
function lastNumberStart(chunk: Uint8Array, from: number): number {
  let safe = chunk.length;
  while (safe > from && isNumberByte(chunk[safe - 1])) safe--;
  return safe;
}

function isDigit(c: number): boolean {
  return c >= ZERO && c <= 0x39;
}

function isNumberByte(c: number): boolean {
  return isDigit(c) || c === MINUS;
}

function isSpace(c: number): boolean {
  return c === 0x0a || c === 0x20 || c === 0x0d || c === 0x09;
}

function numberOf(bytes: Uint8Array, start: number, end: number, at: number): number {
  if (end - start <= MAX_PLAIN_DIGITS) {
    const value = plainNumber(bytes, start, end);
    if (value >= 0) return value;
  }
  const isTooLong = end - start > MAX_DIGITS;
  const text = Buffer.from(bytes.subarray(start, isTooLong ? start + MAX_DIGITS : end)).toString();
  const value = /^-?\d+$/.test(text) && !isTooLong ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) {
    fail(`"${text}${isTooLong ? '…' : ''}" is not an integer this format can hold`, at);
  }
  return value;
}

/** A number without a sign that fits integer arithmetic; -1 for any other. */
function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    if (!isDigit(bytes[i])) return -1;
    value = Math.imul(value, 10) + bytes[i] - ZERO;
  }
  return value;
}

function showByte(c: number): string {
  return c > 0x20 && c < 0x7f
    ? `"${String.fromCharCode(c)}"`
    : `byte 0x${c.toString(16).padStart(2, '0')}`;
}
