/** Reads one JSON value that may be spread over any number of chunks. */
export interface ValueReader {
  /**
   * Continues at `chunk[from]`.
   *
   * @returns the position after the value's last byte, or -1 if the chunk ended inside the value.
   * @throws FormatError with the position in this chunk.
   */
  read(chunk: Uint8Array, from: number): number;
  /**
   * In an array of records: skips records that another reader has read, so that the next bytes come
   * after them. False where no record can begin.
   */
  passRecords?(): boolean;
}

/**
 * Input that does not follow the format. `position` is relative to the chunk being read, null if no
 * single byte is to blame; `advice` is what the user should do about it.
 */
export class FormatError extends Error {
  readonly position: number | null;
  readonly advice: string;

  constructor(message: string, position: number | null, advice: string) {
    super(message);
    this.position = position;
    this.advice = advice;
  }
}

/**
 * The advice for input that a program always writes in this form: another capture would be refused,
 * too.
 */
export const NOT_THE_FORMAT =
  'copy it again, and if that fails too, the program that wrote it does not follow V8’s format';

/**
 * Throws a FormatError. If no byte is to blame, the file contradicts itself in a way that damage
 * hardly causes.
 */
export function fail(
  message: string,
  position: number | null,
  advice = position === null ? NOT_THE_FORMAT : 'capture it again',
): never {
  throw new FormatError(message, position, advice);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Skips any JSON value by matching brackets, so that unknown sections do no harm. With `keep`,
 * collects the bytes (at most `limit`, against a hostile header).
 */
export class JsonSpan implements ValueReader {
  readonly #kept: Buffer[] | null;
  readonly #limit: number;
  #size = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #scalar = false;

  constructor(options: { readonly keep: boolean; readonly limit?: number }) {
    this.#kept = options.keep ? [] : null;
    this.#limit = options.limit ?? Number.POSITIVE_INFINITY;
  }

  /** The collected text; only meaningful once `read` has returned a position. */
  get text(): string {
    return Buffer.concat(this.#kept ?? []).toString('utf8');
  }

  read(chunk: Uint8Array, from: number): number {
    const end = this.#findEnd(chunk, from);
    const stop = end < 0 ? chunk.length : end;
    this.#size += stop - from;
    if (this.#size > this.#limit) fail(`the value is larger than ${this.#limit} bytes`, from);
    this.#kept?.push(Buffer.from(chunk.subarray(from, stop)));
    return end;
  }

  #findEnd(chunk: Uint8Array, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const c = chunk[i];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (c === BACKSLASH) this.#escaped = true;
        else if (c !== QUOTE) i = endOfPlainText(chunk, i) - 1;
        else {
          this.#inString = false;
          if (this.#depth === 0) return i + 1;
        }
      } else if (c === QUOTE) this.#inString = true;
      else if (c === 0x5b || c === 0x7b) this.#depth++;
      else if (c === 0x5d || c === 0x7d) {
        // a bare number or word ends before the bracket that closes its parent
        if (this.#depth === 0) return i;
        if (--this.#depth === 0) return i + 1;
      } else if (this.#depth === 0) {
        if (this.#scalar && (c === 0x2c || c <= 0x20)) return i;
        this.#scalar = true;
      }
    }
    return -1;
  }
}

/** The next quote or backslash; the end of the chunk if there is none. Texts can be very long. */
function endOfPlainText(chunk: Uint8Array, from: number): number {
  const quote = chunk.indexOf(QUOTE, from);
  const end = quote < 0 ? chunk.length : quote;
  const backslash = chunk.subarray(from, end).indexOf(BACKSLASH);
  return backslash < 0 ? end : from + backslash;
}
