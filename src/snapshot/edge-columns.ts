import {
  capacityFor,
  grownCapacity,
  MOST_RECORDS,
  resized,
  sharedColumn,
  trimmed,
} from './columns.js';
import { MAX_PLAIN_DIGITS, type RecordSink } from './integer-reader.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { EDGE_TYPES } from './snapshot-tables.js';

const ELEMENT = EDGE_TYPES.indexOf('element');
const HIDDEN = EDGE_TYPES.indexOf('hidden');

/** The shortest record, `0,0,0,`, and more than the longest plain one with its white space. */
const LEAST_RECORD_BYTES = 6;
const MOST_RECORD_BYTES = 40;

/** An index of 32 bits, printed with or without a sign. */
export const LEAST_INDEX = -(2 ** 31);
export const MOST_INDEX = 2 ** 32 - 1;

/** The three columns of all edges; one length. */
export interface EdgeArrays {
  readonly types: Uint8Array;
  readonly names: Uint32Array;
  readonly targets: Uint32Array;
}

/** What another reader put into the same arrays: the last `count` edges. */
export interface ReadFromEnd {
  readonly count: number;
  readonly highestName: number;
}

/** Bytes that so many edges take at least: no smaller file can have them. */
export function leastBytesOfEdges(count: number): number {
  return count * LEAST_RECORD_BYTES;
}

/** Collects the `edges` section into columns, in file order. */
export class EdgeColumns implements RecordSink {
  readonly #layout: SnapshotLayout;
  readonly #hasPlainOrder: boolean;
  #types: Uint8Array;
  #names: Uint32Array;
  #targets: Uint32Array;
  #count = 0;
  #highestName = 0;
  /** The first edge whose `to_node` is no node's offset, for the error; -1 when all are. */
  #firstStray = -1;
  /** The first edge with a negative number where only an element index may be one; -1 for none. */
  #firstBad = -1;
  #firstHuge = -1;

  /**
   * @param bytes at most so many can follow, when it is known.
   * @param shared arrays with room for all announced edges, which someone else fills from the end.
   */
  constructor(layout: SnapshotLayout, bytes: number | null, shared: EdgeArrays | null = null) {
    const { stride, type, nameOrIndex, toNode } = layout.edge;
    const capacity = capacityFor(layout.edgeCount, bytes, LEAST_RECORD_BYTES);
    this.#layout = layout;
    this.#hasPlainOrder = stride === 3 && type === 0 && nameOrIndex === 1 && toNode === 2;
    this.#types = shared?.types ?? sharedColumn(Uint8Array, capacity);
    this.#names = shared?.names ?? sharedColumn(Uint32Array, capacity);
    this.#targets = shared?.targets ?? sharedColumn(Uint32Array, capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** Highest string index any edge uses as its name. */
  get highestName(): number {
    return this.#highestName;
  }

  get firstStray(): number {
    return this.#firstStray;
  }

  get firstBad(): number {
    return this.#firstBad;
  }

  /** The first edge with an index of more than 32 bits, which no engine has; -1 for none. */
  get firstHuge(): number {
    return this.#firstHuge;
  }

  /** Takes over the edges that were read from the end of the section; they have been checked. */
  adopt(rest: ReadFromEnd): void {
    this.#count += rest.count;
    this.#highestName = Math.max(this.#highestName, rest.highestName);
  }

  add(batch: Float64Array, count: number): void {
    const { edge, edgeTypeMap, node, nodeCount } = this.#layout;
    const { stride, type, nameOrIndex, toNode } = edge;
    this.#ensure(this.#count + count / stride);
    for (let base = 0; base < count; base += stride) {
      const ordinal = this.#count++;
      const edgeType = edgeTypeMap[numberOfType(batch[base + type])];
      const name = batch[base + nameOrIndex];
      const target = batch[base + toNode] / node.stride;
      this.#types[ordinal] = edgeType;
      // element indexes from 2^31 up are printed negative by V8 13.6 and later: storing wraps them back
      this.#names[ordinal] = name;
      this.#targets[ordinal] = target;
      if (edgeType !== ELEMENT && edgeType !== HIDDEN) {
        if (name > this.#highestName) this.#highestName = name;
        else if (name < 0 && this.#firstBad < 0) this.#firstBad = ordinal;
      } else if ((name < LEAST_INDEX || name > MOST_INDEX) && this.#firstHuge < 0) {
        this.#firstHuge = ordinal;
      }
      const isStray = this.#targets[ordinal] !== target || target >= nodeCount;
      if (isStray && this.#firstStray < 0) this.#firstStray = ordinal;
    }
  }

  addPlain(chunk: Uint8Array, from: number, end: number): number {
    if (!this.#hasPlainOrder) return from;
    const most = this.#count + Math.ceil((end - from) / LEAST_RECORD_BYTES);
    this.#ensure(Math.min(most, this.#layout.edgeCount, MOST_RECORDS));
    return this.#readPlain(chunk, from, end - MOST_RECORD_BYTES);
  }

  /** The loop most of a file goes through: no calls, no allocation, one test per digit. */
  #readPlain(chunk: Uint8Array, from: number, last: number): number {
    const types = this.#types;
    const names = this.#names;
    const targets = this.#targets;
    const typeMap = this.#layout.edgeTypeMap;
    const { stride } = this.#layout.node;
    const limit = Math.min(this.#layout.edgeCount, types.length);
    const stop = this.#layout.nodeCount * stride;
    const perStride = 1 / stride;
    let highestName = this.#highestName;
    const first = this.#count;
    let ordinal = first;
    let at = from;
    while (at < last && ordinal < limit) {
      let i = at;
      if (chunk[i] === 0x0a) i++;
      if (chunk[i] === 0x2c) i++;
      else if (ordinal !== first) break;
      if (chunk[i] === 0x0a) i++;
      let start = i;
      let type = chunk[i] - 0x30;
      if (type >>> 0 > 9) break;
      let digit = chunk[++i] - 0x30;
      for (; digit >>> 0 < 10; digit = chunk[++i] - 0x30) type = type * 10 + digit;
      if (type >>> 0 > 255 || i - start > 3 || digit !== -4) break;
      start = ++i;
      let name = chunk[i] - 0x30;
      if (name >>> 0 > 9) break;
      digit = chunk[++i] - 0x30;
      for (; digit >>> 0 < 10; digit = chunk[++i] - 0x30) name = (Math.imul(name, 10) + digit) | 0;
      if (i - start > MAX_PLAIN_DIGITS || digit !== -4) break;
      start = ++i;
      let offset = chunk[i] - 0x30;
      if (offset >>> 0 > 9) break;
      digit = chunk[++i] - 0x30;
      for (; digit >>> 0 < 10; digit = chunk[++i] - 0x30)
        offset = (Math.imul(offset, 10) + digit) | 0;
      if (i - start > MAX_PLAIN_DIGITS || (digit !== -4 && digit !== -38)) break;
      // exact for what nine digits can say; a division would cost more than all the rest
      const target = ((offset + 0.5) * perStride) | 0;
      if (target * stride !== offset || offset >= stop) break;
      const edgeType = typeMap[type];
      types[ordinal] = edgeType;
      names[ordinal] = name;
      targets[ordinal++] = target;
      if (name > highestName && edgeType !== ELEMENT && edgeType !== HIDDEN) highestName = name;
      at = i;
    }
    this.#highestName = highestName;
    this.#count = ordinal;
    return at;
  }

  finish() {
    return {
      edgeTypes: trimmed(this.#types, this.#count),
      edgeNames: trimmed(this.#names, this.#count),
      edgeTargets: trimmed(this.#targets, this.#count),
    };
  }

  #ensure(needed: number): void {
    if (needed <= this.#types.length) return;
    const capacity = grownCapacity(this.#types.length, needed, this.#layout.edgeCount);
    this.#types = resized(this.#types, capacity);
    this.#names = resized(this.#names, capacity);
    this.#targets = resized(this.#targets, capacity);
  }
}

/** What no list of types is long enough for is unknown, like what is negative. */
function numberOfType(number: number): number {
  return number >= 0 && number < 255 ? number : 255;
}
