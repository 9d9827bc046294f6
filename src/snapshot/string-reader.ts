import { resized, roomBeside, sharedColumn } from './columns.js';
import { PAGE_SIZE, StringTable, UNKNOWN_HEAD } from './string-table.js';
import { type TextKernel, WINDOW_BYTES } from './text-kernel.js';
import type { ValueReader } from './value-reader.js';
import { fail } from './value-reader.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_BREAK = 0x0a;
/** The largest section: positions of strings have 32 bits. */
const MOST_BYTES = 0xffff_ffff;

/** Reads the `strings` section: remembers where each string begins and keeps the bytes. */
export class StringReader implements ValueReader {
  readonly #pages: Uint8Array[] = [];
  #length = 0;
  #starts: Uint32Array;
  #heads: Uint16Array;
  #count = 0;
  #opened = false;
  #last: 'open' | 'string' | 'comma' = 'open';
  #inString = false;
  #escaped = false;

  readonly #kernel: TextKernel | null;

  /**
   * @param nodeCount of the heap, which rarely has more strings.
   * @param kernel finds strings; without one, all are found byte by byte.
   */
  constructor(nodeCount = 0, kernel: TextKernel | null = null) {
    this.#kernel = kernel;
    this.#starts = sharedColumn(Uint32Array, roomBeside(nodeCount));
    this.#heads = sharedColumn(Uint16Array, this.#starts.length);
  }

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

  /** The number of bytes kept so far. */
  get size(): number {
    return this.#length;
  }

  /** The table of strings; to be called only once `read` has returned a position. */
  finish(): StringTable {
    const [starts, heads] = [this.#starts, this.#heads].map((c) => c.subarray(0, this.#count));
    return new StringTable(this.#pages, starts as Uint32Array, heads as Uint16Array);
  }

  /**
   * Finds strings byte by byte. `shift` turns a position in this chunk into a position in the kept
   * bytes.
   */
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
        if (chunk[i] === QUOTE && this.#last !== 'string') i = this.#findPlain(chunk, i, shift);
        const c = chunk[i++];
        if (c === QUOTE) {
          if (this.#last === 'string') fail('expected a comma', i - 1);
          this.#begin(i + shift);
          this.#inString = true;
          this.#last = 'string';
        } else if (c === 0x5d && this.#last !== 'comma') return i;
        else if (c === 0x2c && this.#last === 'string') this.#last = 'comma';
        else if (c !== 0x0a && c !== 0x20 && c !== 0x0d && c !== 0x09) {
          fail('expected a string', i - 1);
        }
      }
    }
    return -1;
  }

  /**
   * Finds strings from the opening quote of one. Returns the position after the last string found.
   */
  #findPlain(chunk: Uint8Array, from: number, shift: number): number {
    const kernel = this.#kernel;
    const last = chunk.length - WINDOW_BYTES;
    if (kernel === null || chunk.length + shift > MOST_BYTES) return from;
    let at = from;
    while (at < last) {
      const next = kernel.findStrings(chunk, at, last, shift);
      if (kernel.count === 0) break;
      this.#ensure(this.#count + kernel.count);
      this.#starts.set(kernel.starts, this.#count);
      this.#heads.set(kernel.heads, this.#count);
      this.#count += kernel.count;
      this.#last = 'string';
      at = next;
      const quote = at + (chunk[at + 1] === LINE_BREAK ? 2 : 1);
      if (chunk[at] !== COMMA || chunk[quote] !== QUOTE) break;
      at = quote;
      this.#last = 'comma';
    }
    return at;
  }

  #begin(position: number): void {
    if (position > MOST_BYTES) fail('its strings are over 4 GB', null, 'capture a smaller heap');
    this.#ensure(this.#count + 1);
    this.#heads[this.#count] = UNKNOWN_HEAD;
    this.#starts[this.#count++] = position;
  }

  #ensure(needed: number): void {
    if (needed <= this.#starts.length) return;
    const capacity = Math.max(needed, this.#starts.length * 2);
    this.#starts = resized(this.#starts, capacity);
    this.#heads = resized(this.#heads, capacity);
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; ) {
      const offset = this.#length & (PAGE_SIZE - 1);
      // shared memory: V8 collects garbage very often when much of the other kind is allocated
      if (offset === 0) this.#pages.push(sharedColumn(Uint8Array, PAGE_SIZE));
      const take = Math.min(to - i, PAGE_SIZE - offset);
      this.#pages[this.#pages.length - 1].set(chunk.subarray(i, i + take), offset);
      this.#length += take;
      i += take;
    }
  }
}
