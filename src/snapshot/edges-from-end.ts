import { type EdgeArrays, LEAST_INDEX, MOST_INDEX } from './edge-columns.js';
import { MAX_PLAIN_DIGITS } from './integer-reader.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { EDGE_TYPES } from './snapshot-tables.js';

const ELEMENT = EDGE_TYPES.indexOf('element');
const HIDDEN = EDGE_TYPES.indexOf('hidden');

/** No record is longer, white space included, or it is none of those read here. */
const MOST_RECORD_BYTES = 80;
const LAST_RECORD = /(?<![\d-])(\d{1,3}),(-?\d{1,15}),(\d{1,15})\s*$/;
const RECORD_BEFORE = /(?<![\d-])(\d{1,3}),(-?\d{1,15}),(\d{1,15})\s*,\s*$/;

/**
 * Reads the `edges` section backwards, from its last record to its first, into arrays whose length
 * is the number of edges: so nobody has to know how many come before. Whatever is not as it should
 * be makes it stop for good; whoever reads forwards then finds it again and can name the place.
 */
export class EdgesFromEnd {
  readonly #layout: SnapshotLayout;
  readonly #arrays: EdgeArrays;
  #highestName = 0;
  #next: number;

  /** @param layout with the usual three fields in their usual order. */
  constructor(layout: SnapshotLayout, arrays: EdgeArrays) {
    this.#layout = layout;
    this.#arrays = arrays;
    this.#next = arrays.types.length - 1;
  }

  get count(): number {
    return this.#arrays.types.length - 1 - this.#next;
  }

  get highestName(): number {
    return this.#highestName;
  }

  /**
   * Reads the records that end before `end`, which is where a record began or the section ends.
   *
   * @returns where the first record read begins. Records in the first bytes are left for the next
   *   call, as they may begin before the chunk. Null when something is not as it should be.
   */
  read(chunk: Uint8Array, end: number): number | null {
    let at: number | null = end;
    while (at !== null && at > MOST_RECORD_BYTES && this.#next >= 0) {
      at = this.#readPlain(chunk, at);
      if (at > MOST_RECORD_BYTES) at = this.#readCarefully(chunk, at);
    }
    return at;
  }

  /** Records of short numbers; stops behind the first one that has others, or no room is left. */
  #readPlain(chunk: Uint8Array, end: number): number {
    const { types, names, targets } = this.#arrays;
    const typeMap = this.#layout.edgeTypeMap;
    const { stride } = this.#layout.node;
    const stop = this.#layout.nodeCount * stride;
    const perStride = 1 / stride;
    let highestName = this.#highestName;
    const lastOrdinal = types.length - 1;
    let ordinal = this.#next;
    let at = end;
    while (at > MOST_RECORD_BYTES && ordinal >= 0) {
      let i = at - 1;
      if (chunk[i] === 0x0a) i--;
      // one between two records, none behind the last
      if ((chunk[i] === 0x2c) === (ordinal === lastOrdinal)) break;
      if (chunk[i] === 0x2c) i--;
      if (chunk[i] === 0x0a) i--;
      let last = i;
      let power = 1;
      let offset = 0;
      let digit = chunk[i] - 0x30;
      for (; digit >>> 0 < 10; digit = chunk[--i] - 0x30, power = Math.imul(power, 10))
        offset = (offset + Math.imul(digit, power)) | 0;
      if (i === last || last - i > MAX_PLAIN_DIGITS || digit !== -4) break;
      last = --i;
      power = 1;
      let name = 0;
      digit = chunk[i] - 0x30;
      for (; digit >>> 0 < 10; digit = chunk[--i] - 0x30, power = Math.imul(power, 10))
        name = (name + Math.imul(digit, power)) | 0;
      if (i === last || last - i > MAX_PLAIN_DIGITS || digit !== -4) break;
      last = --i;
      power = 1;
      let type = 0;
      digit = chunk[i] - 0x30;
      for (; digit >>> 0 < 10; digit = chunk[--i] - 0x30, power = Math.imul(power, 10))
        type = (type + Math.imul(digit, power)) | 0;
      if (i === last || last - i > 3 || type > 255 || !isBoundary(chunk[i])) break;
      const target = ((offset + 0.5) * perStride) | 0;
      if (target * stride !== offset || offset >= stop) break;
      const edgeType = typeMap[type];
      types[ordinal] = edgeType;
      names[ordinal] = name;
      targets[ordinal--] = target;
      if (name > highestName && edgeType !== ELEMENT && edgeType !== HIDDEN) highestName = name;
      at = i + 1;
    }
    this.#highestName = highestName;
    this.#next = ordinal;
    return at;
  }

  /** One record with large numbers, such as an element index from 10^9 up. */
  #readCarefully(chunk: Uint8Array, end: number): number | null {
    const text = Buffer.from(chunk.subarray(end - MOST_RECORD_BYTES, end)).toString('latin1');
    const found = (this.count === 0 ? LAST_RECORD : RECORD_BEFORE).exec(text);
    if (found === null || this.#next < 0) return null;
    const [type = 0, name = 0, offset = 0] = found.slice(1).map(Number);
    const edgeType = this.#layout.edgeTypeMap[Math.min(type, 255)];
    const target = offset / this.#layout.node.stride;
    const isNamed = edgeType !== ELEMENT && edgeType !== HIDDEN;
    if (!Number.isInteger(target) || target >= this.#layout.nodeCount) return null;
    if (name < (isNamed ? 0 : LEAST_INDEX) || name > MOST_INDEX) return null;
    if (isNamed) this.#highestName = Math.max(this.#highestName, name);
    const ordinal = this.#next--;
    this.#arrays.types[ordinal] = edgeType;
    this.#arrays.names[ordinal] = name;
    this.#arrays.targets[ordinal] = target;
    return end - MOST_RECORD_BYTES + found.index;
  }
}

/** What may stand before a record: a comma, a line break, the bracket that opens the section. */
function isBoundary(c: number): boolean {
  return c === 0x2c || c === 0x0a || c === 0x5b;
}
