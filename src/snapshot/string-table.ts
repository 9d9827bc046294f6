import type { ValueReader } from './value-reader.js';
import { fail } from './value-reader.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PAGE_BITS = 20;
const PAGE_SIZE = 1 << PAGE_BITS;

const utf8 = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/**
 * The strings of a snapshot, kept as the file's bytes and decoded one by one when they are shown:
 * a large heap has millions of strings and a picture shows a few dozen.
 */
export class StringTable {
  readonly count: number;
  /** The section's bytes in pages of PAGE_SIZE; the last one may be partly filled. */
  readonly #pages: readonly Uint8Array[];
  /** Position after the opening quote, by string index; length `count`. */
  readonly #starts: Uint32Array;

  constructor(pages: readonly Uint8Array[], starts: Uint32Array) {
    this.#pages = pages;
    this.#starts = starts;
    this.count = starts.length;
  }

  /** The text of a string; characters that are not valid UTF-8 become U+FFFD. */
  get(index: number): string {
    const start = this.#starts[index];
    let end = start;
    let hasEscape = false;
    for (let c = this.#byteAt(end); c !== QUOTE; c = this.#byteAt(++end)) {
      if (c === BACKSLASH) {
        hasEscape = true;
        end++;
      }
    }
    const raw = utf8.decode(this.#slice(start, end));
    return hasEscape ? unescapeJson(raw) : raw;
  }

  /** Indexes of all strings that are exactly `text`. */
  find(text: string): readonly number[] {
    const found: number[] = [];
    const needle = Buffer.from(`${text}"`, 'latin1');
    if (isPlain(text)) {
      for (let i = 0; i < this.count; i++) if (this.#startsWith(i, needle)) found.push(i);
      return found;
    }
    // escapes can be spelled in several ways, so these are compared decoded
    for (let i = 0; i < this.count; i++) if (this.get(i) === text) found.push(i);
    return found;
  }

  /** Indexes of all strings whose text begins with the plain ASCII `prefix`. */
  findPrefix(prefix: string): readonly number[] {
    const needle = Buffer.from(prefix, 'latin1');
    const found: number[] = [];
    for (let i = 0; i < this.count; i++) if (this.#startsWith(i, needle)) found.push(i);
    return found;
  }

  /**
   * Marks the strings that look like `3 / part of key (…`: the names V8 gives to the two halves of a
   * WeakMap entry. Works on bytes because every string has to be looked at.
   *
   * @returns 1 for a match, by string index; length `count`.
   */
  markEphemeronNames(): Uint8Array {
    const marks = new Uint8Array(this.count);
    const phrase = Buffer.from(' / part of key (', 'latin1');
    for (let i = 0; i < this.count; i++) {
      let at = this.#starts[i];
      while (isDigit(this.#byteAt(at))) at++;
      if (at > this.#starts[i] && this.#matches(at, phrase)) marks[i] = 1;
    }
    return marks;
  }

  #startsWith(index: number, needle: Uint8Array): boolean {
    return this.#matches(this.#starts[index], needle);
  }

  #matches(at: number, needle: Uint8Array): boolean {
    for (let i = 0; i < needle.length; i++) if (this.#byteAt(at + i) !== needle[i]) return false;
    return true;
  }

  #byteAt(position: number): number {
    const page = this.#pages[position >>> PAGE_BITS];
    return page === undefined ? QUOTE : page[position & (PAGE_SIZE - 1)];
  }

  #slice(start: number, end: number): Uint8Array {
    const first = start >>> PAGE_BITS;
    if (first === end >>> PAGE_BITS) {
      return this.#pages[first].subarray(start & (PAGE_SIZE - 1), end & (PAGE_SIZE - 1));
    }
    const joined = new Uint8Array(end - start);
    for (let i = start; i < end; i++) joined[i - start] = this.#byteAt(i);
    return joined;
  }
}

/** Reads the `strings` section: remembers where each string begins and keeps the bytes. */
export class StringReader implements ValueReader {
  readonly #pages: Uint8Array[] = [];
  #length = 0;
  #starts = new Uint32Array(1 << 16);
  #count = 0;
  #opened = false;
  #inString = false;
  #escaped = false;

  read(chunk: Uint8Array, from: number): number {
    let i = from;
    if (!this.#opened) {
      if (chunk[i] !== 0x5b) fail('expected "["', i);
      this.#opened = true;
      i++;
    }
    const end = this.#scan(chunk, i, this.#length - i);
    this.#keep(chunk, i, end < 0 ? chunk.length : end);
    return end;
  }

  get count(): number {
    return this.#count;
  }

  /** Only once `read` has returned a position. */
  finish(): StringTable {
    return new StringTable(this.#pages, this.#starts.slice(0, this.#count));
  }

  /** `shift` turns a position in this chunk into a position in the kept bytes. */
  #scan(chunk: Uint8Array, from: number, shift: number): number {
    let i = from;
    const end = chunk.length;
    while (i < end) {
      if (this.#inString) {
        if (this.#escaped) {
          this.#escaped = false;
          i++;
        }
        let c = 0;
        while (i < end) {
          c = chunk[i++];
          if (c === QUOTE || c === BACKSLASH) break;
        }
        if (c === QUOTE) this.#inString = false;
        else if (c === BACKSLASH) this.#escaped = true;
      } else {
        const c = chunk[i++];
        if (c === QUOTE) {
          this.#begin(i + shift);
          this.#inString = true;
        } else if (c === 0x5d) return i;
        else if (c !== 0x2c && c !== 0x0a && c !== 0x20 && c !== 0x0d && c !== 0x09) {
          fail('expected a string', i - 1);
        }
      }
    }
    return -1;
  }

  #begin(position: number): void {
    if (this.#count === this.#starts.length) {
      const grown = new Uint32Array(this.#starts.length * 2);
      grown.set(this.#starts);
      this.#starts = grown;
    }
    this.#starts[this.#count++] = position;
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; ) {
      const offset = this.#length & (PAGE_SIZE - 1);
      if (offset === 0) this.#pages.push(new Uint8Array(PAGE_SIZE));
      const take = Math.min(to - i, PAGE_SIZE - offset);
      this.#pages[this.#pages.length - 1].set(chunk.subarray(i, i + take), offset);
      this.#length += take;
      i += take;
    }
  }
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

/** True when the text has one spelling only in JSON: printable ASCII without quote, slash and backslash. */
function isPlain(text: string): boolean {
  return /^[ !#-.0-[\]-~]*$/.test(text);
}

function unescapeJson(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    // raw control characters or a bad escape: show what is there rather than nothing
    return raw.replace(/\\(["\\/])/g, '$1');
  }
}
