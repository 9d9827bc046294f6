import { grownCapacity, initialCapacity, resized, trimmed } from './columns.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { EDGE_TYPES } from './snapshot-tables.js';

const ELEMENT = EDGE_TYPES.indexOf('element');
const HIDDEN = EDGE_TYPES.indexOf('hidden');

/** Collects the `edges` section into columns, in file order. */
export class EdgeColumns {
  readonly #layout: SnapshotLayout;
  #types: Uint8Array;
  #names: Uint32Array;
  #targets: Uint32Array;
  #count = 0;
  #highestName = 0;
  /** The first edge whose `to_node` is no node's offset, for the error; -1 when all are. */
  #firstStray = -1;
  /** The first edge with a negative number where only an element index may be one; -1 for none. */
  #firstBad = -1;

  constructor(layout: SnapshotLayout) {
    const capacity = initialCapacity(layout.edgeCount);
    this.#layout = layout;
    this.#types = new Uint8Array(capacity);
    this.#names = new Uint32Array(capacity);
    this.#targets = new Uint32Array(capacity);
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

  /** A RecordSink. */
  add(batch: Float64Array, count: number): void {
    const { edge, edgeTypeMap, node, nodeCount } = this.#layout;
    const { stride, type, nameOrIndex, toNode } = edge;
    this.#ensure(this.#count + Math.ceil(count / stride));
    const types = this.#types;
    const names = this.#names;
    const targets = this.#targets;
    const nodeStride = node.stride;
    let highestName = this.#highestName;
    let ordinal = this.#count;
    for (let base = 0; base < count; base += stride, ordinal++) {
      // a negative type number becomes a huge one, and is as unknown
      const edgeType = edgeTypeMap[Math.min(batch[base + type] >>> 0, 255)];
      const name = batch[base + nameOrIndex];
      const target = batch[base + toNode] / nodeStride;
      types[ordinal] = edgeType;
      // element indexes from 2^31 up are printed negative by V8 13.6 and later: storing wraps them back
      names[ordinal] = name;
      targets[ordinal] = target;
      if (edgeType !== ELEMENT && edgeType !== HIDDEN) {
        if (name > highestName) highestName = name;
        else if (name < 0 && this.#firstBad < 0) this.#firstBad = ordinal;
      }
      if ((targets[ordinal] !== target || target >= nodeCount) && this.#firstStray < 0) {
        this.#firstStray = ordinal;
      }
    }
    this.#count = ordinal;
    this.#highestName = highestName;
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
