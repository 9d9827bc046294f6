import {
  capacityFor,
  grownCapacity,
  MOST_RECORDS,
  resized,
  sharedColumn,
  trimmed,
} from './columns.js';
import type { RecordSink } from './integer-reader.js';
import { separatorBehind } from './separator.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { EDGE_TYPES } from './snapshot-tables.js';
import { type TextKernel, WINDOW_BYTES } from './text-kernel.js';

const ELEMENT = EDGE_TYPES.indexOf('element');
const HIDDEN = EDGE_TYPES.indexOf('hidden');

/** Types whose edges have an index instead of a name. */
export const UNNAMED = [ELEMENT, HIDDEN] as const;

/** The shortest record, `0,0,0,`. */
const LEAST_RECORD_BYTES = 6;

/** An index of 32 bits, printed with or without a sign. */
export const LEAST_INDEX = -(2 ** 31);
export const MOST_INDEX = 2 ** 32 - 1;

/** The three columns of all edges; they have the same length. */
export interface EdgeArrays {
  readonly types: Uint8Array;
  readonly names: Uint32Array;
  readonly targets: Uint32Array;
}

/** The result of another reader in the same arrays: the last `count` edges. */
export interface ReadFromEnd {
  readonly count: number;
  readonly highestName: number;
}

/** The least number of bytes of this many edges: no smaller file can contain them. */
export function leastBytesOfEdges(count: number): number {
  return count * LEAST_RECORD_BYTES;
}

/** Collects the `edges` section into columns, in file order. */
export class EdgeColumns implements RecordSink {
  readonly #layout: SnapshotLayout;
  readonly #kernel: TextKernel | null;
  readonly #hasPlainOrder: boolean;
  #types: Uint8Array;
  #names: Uint32Array;
  #targets: Uint32Array;
  #count = 0;
  #highestName = 0;
  /**
   * The first edge whose `to_node` is not the offset of a node, for the error; -1 if there is none.
   */
  #firstStray = -1;
  /**
   * The first edge with a negative number where only an element index may be negative; -1 if there
   * is none.
   */
  #firstBad = -1;
  #firstHuge = -1;

  /**
   * @param bytes the most that can follow, if known.
   * @param shared arrays with room for all announced edges, which another reader fills from the
   *   end.
   * @param kernel reads plain records; without one, all are read one by one.
   */
  constructor(
    layout: SnapshotLayout,
    bytes: number | null,
    kernel: TextKernel | null = null,
    shared: EdgeArrays | null = null,
  ) {
    const { stride, type, nameOrIndex, toNode } = layout.edge;
    const capacity = capacityFor(layout.edgeCount, bytes, LEAST_RECORD_BYTES);
    this.#layout = layout;
    this.#kernel = kernel;
    this.#hasPlainOrder = stride === 3 && type === 0 && nameOrIndex === 1 && toNode === 2;
    this.#types = shared?.types ?? sharedColumn(Uint8Array, capacity);
    this.#names = shared?.names ?? sharedColumn(Uint32Array, capacity);
    this.#targets = shared?.targets ?? sharedColumn(Uint32Array, capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** Highest string index that any edge uses as its name. */
  get highestName(): number {
    return this.#highestName;
  }

  get firstStray(): number {
    return this.#firstStray;
  }

  get firstBad(): number {
    return this.#firstBad;
  }

  /**
   * The first edge with an index of more than 32 bits, which no engine writes; -1 if there is none.
   */
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
      // element indexes from 2^31 up are printed negative by V8 13.6 and later: storing wraps them
      // back
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
    const kernel = this.#kernel;
    const { edge, node, nodeCount, edgeCount } = this.#layout;
    const separator = this.#hasPlainOrder ? separatorBehind(chunk, from, edge.stride) : null;
    if (kernel === null || separator === null) return from;
    const shape = { separator, stride: node.stride, nodeCount };
    const last = end - WINDOW_BYTES;
    let at = from;
    while (at < last) {
      const next = kernel.readEdges(chunk, at, last, shape);
      const count = kernel.count;
      // more than announced: the careful loop reports it
      if (count === 0 || this.#count + count > Math.min(edgeCount, MOST_RECORDS)) break;
      this.#take(kernel, count);
      at = next;
    }
    return at === from ? from : at - separator.bytes;
  }

  #take(kernel: TextKernel, count: number): void {
    this.#ensure(this.#count + count);
    const highest = kernel.finishEdges(count, this.#layout.edgeTypeMap, UNNAMED);
    this.#highestName = Math.max(this.#highestName, highest);
    const { types, names, targets } = kernel.edges;
    this.#types.set(types.subarray(0, count), this.#count);
    this.#names.set(names.subarray(0, count), this.#count);
    this.#targets.set(targets.subarray(0, count), this.#count);
    this.#count += count;
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

/** The number of a type; one beyond the list of types is unknown, like a negative one. */
function numberOfType(number: number): number {
  return number >= 0 && number < 255 ? number : 255;
}
