const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const PAGE_BITS = 20;
/** The number of bytes of a page of text. */
export const PAGE_SIZE = 1 << PAGE_BITS;
/**
 * Stands for a head that was not read yet; as a head it would be two bytes that JSON does not
 * allow.
 */
export const UNKNOWN_HEAD = 0;
const CACHE_SIZE = 1024;

const utf8 = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });

/** Lets a search examine only strings that can match. */
interface StringIndex {
  readonly heads: Uint16Array;
  /** Strings with an escape there, which may stand for any character. */
  readonly escaped: readonly number[];
}

/**
 * The strings of a snapshot, kept as the file's bytes and decoded one by one when they are shown: a
 * large heap has millions of strings and a picture shows a few dozen.
 */
export class StringTable {
  readonly count: number;
  /** The section's bytes in pages of PAGE_SIZE; the last one may be partly filled. */
  readonly #pages: readonly Uint8Array[];
  /** Position after the opening quote, by string index; length `count`. */
  readonly #starts: Uint32Array;
  /** First two bytes of each string as written, the quote included, or UNKNOWN_HEAD; by string index. */
  readonly #heads: Uint16Array;
  #known: StringIndex | null = null;
  #ephemeronNames: readonly number[] | null = null;

  /** The last decoded strings, by index modulo CACHE_SIZE: most references use a few names. */
  readonly #cachedIndexes = new Int32Array(CACHE_SIZE).fill(-1);
  readonly #cachedTexts: string[] = [];

  constructor(pages: readonly Uint8Array[], starts: Uint32Array, heads: Uint16Array) {
    this.#pages = pages;
    this.#starts = starts;
    this.#heads = heads;
    this.count = starts.length;
  }

  /** The text of a string; characters that are not valid UTF-8 become U+FFFD. */
  get(index: number): string {
    const place = index % CACHE_SIZE;
    if (this.#cachedIndexes[place] !== index) {
      this.#cachedTexts[place] = this.#decode(index);
      this.#cachedIndexes[place] = index;
    }
    return this.#cachedTexts[place] as string;
  }

  #decode(index: number): string {
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

  /** True for `get(index) === text`, nearly always without decoding anything. */
  equals(index: number, text: string): boolean {
    const start = this.#starts[index];
    for (let i = 0; i < text.length; i++) {
      const c = this.#byteAt(start + i);
      // escapes and non-ASCII characters can be written in several ways
      if (c === BACKSLASH || c >= 0x80) return this.get(index) === text;
      if (c !== text.charCodeAt(i) || c === QUOTE) return false;
    }
    return this.#byteAt(start + text.length) === QUOTE;
  }

  /**
   * The number that a string of at most nine digits represents; -1 for any other string. Decodes
   * nothing.
   */
  numberAt(index: number): number {
    let at = this.#starts[index];
    let value = 0;
    for (let digits = 0; digits <= 9; digits++) {
      const c = this.#byteAt(at++);
      if (c === QUOTE) return digits === 0 ? -1 : value;
      if (!isDigit(c)) return -1;
      value = value * 10 + c - 0x30;
    }
    return -1;
  }

  /** Indexes of all strings that are exactly `text`. */
  find(text: string): readonly number[] {
    const special = text.search(/[^ !#-[\]-~]/);
    if (special < 0) return this.#search(`${text}"`, (i) => this.get(i) === text);
    // a quote, a backslash and non-ASCII characters can be written in several ways: decode to
    // compare
    const isText = (index: number) => this.get(index) === text;
    return this.#search(text.slice(0, special), isText).filter(isText);
  }

  /** Indexes of all strings whose text begins with the plain ASCII `prefix`. */
  findPrefix(prefix: string): readonly number[] {
    return this.#search(prefix, (i) => this.get(i).startsWith(prefix));
  }

  /**
   * Indexes of all strings whose text ends with the plain ASCII `suffix`, which has no quote or
   * backslash.
   */
  findSuffix(suffix: string): readonly number[] {
    return this.#placesOf(Buffer.from(`${suffix}"`, 'latin1')).map((at) => this.#stringAt(at));
  }

  /**
   * Strings that begin with these bytes. A string with an escape before the first difference may
   * still match (\u0041 for A): `isMeant` decides those, and only those are decoded.
   */
  #search(plain: string, isMeant: (index: number) => boolean): number[] {
    const needle = Buffer.from(plain, 'latin1');
    const found: number[] = [];
    const collect = (index: number) => {
      const start = this.#starts[index];
      const same = this.#countSame(start, needle);
      const isSame = same === needle.length;
      if (isSame || (this.#byteAt(start + same) === BACKSLASH && isMeant(index))) found.push(index);
    };
    const { heads, escaped } = this.#index();
    if (needle.length < 2) for (let i = 0; i < this.count; i++) collect(i);
    else {
      forEachOf(heads, headOf(needle[0], needle[1]), collect);
      for (const index of escaped) collect(index);
    }
    return found.sort((a, b) => a - b);
  }

  #index(): StringIndex {
    this.#known ??= this.#buildIndex();
    return this.#known;
  }

  #buildIndex(): StringIndex {
    const heads = this.#heads;
    for (let i = heads.indexOf(UNKNOWN_HEAD); i >= 0; i = heads.indexOf(UNKNOWN_HEAD, i + 1)) {
      heads[i] = headOf(this.#byteAt(this.#starts[i]), this.#byteAt(this.#starts[i] + 1));
    }
    const escaped: number[] = [];
    const bytes = Buffer.from(heads.buffer, heads.byteOffset, heads.byteLength);
    for (let at = bytes.indexOf(BACKSLASH); at >= 0; at = bytes.indexOf(BACKSLASH, at + 1)) {
      const index = at >>> 1;
      if (escaped[escaped.length - 1] !== index) escaped.push(index);
    }
    return { heads, escaped };
  }

  /**
   * Indexes of the strings that look like `3 / part of key (…`: the names that V8 gives to the two
   * halves of a WeakMap entry. Works on bytes because all strings have to be examined.
   */
  get ephemeronNames(): readonly number[] {
    this.#ephemeronNames ??= this.#findEphemeronNames();
    return this.#ephemeronNames;
  }

  #findEphemeronNames(): readonly number[] {
    const phrase = Buffer.from(' / part of key (', 'latin1');
    return this.#placesOf(phrase).flatMap((place) => {
      const index = this.#stringAt(place);
      const start = this.#starts[index];
      let digits = start;
      while (digits < place && isDigit(this.#byteAt(digits))) digits++;
      return digits > start && digits === place ? [index] : [];
    });
  }

  /** The positions of these bytes, ascending. */
  #placesOf(needle: Uint8Array): number[] {
    const places: number[] = [];
    this.#pages.forEach((page, i) => {
      const bytes = Buffer.from(page.buffer, page.byteOffset, page.byteLength);
      for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
        places.push(i * PAGE_SIZE + at);
      }
      // matches that begin in this page and end in the next
      const seam = (i + 1) * PAGE_SIZE;
      for (let at = seam - needle.length + 1; at < seam; at++) {
        if (this.#countSame(at, needle) === needle.length) places.push(at);
      }
    });
    return places;
  }

  /** The string that contains a position. */
  #stringAt(place: number): number {
    let low = 0;
    let high = this.count;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle] <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The number of bytes from `at` on that equal those of `needle`. */
  #countSame(at: number, needle: Uint8Array): number {
    let i = 0;
    while (i < needle.length && this.#byteAt(at + i) === needle[i]) i++;
    return i;
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

function headOf(first: number, second: number): number {
  return first | (second << 8);
}

/** Visits them, because there may be a million, too many for a list. */
function forEachOf(heads: Uint16Array, head: number, visit: (index: number) => void): void {
  for (let i = heads.indexOf(head); i >= 0; i = heads.indexOf(head, i + 1)) visit(i);
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/**
 * Unlike JSON.parse, keeps a raw control character or an unknown escape unchanged and continues.
 */
function unescapeJson(raw: string): string {
  return raw.replace(/\\(?:u([\da-fA-F]{4})|(.))/gs, (whole, hex?: string, letter = '') =>
    hex === undefined ? (ESCAPES[letter] ?? whole) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
