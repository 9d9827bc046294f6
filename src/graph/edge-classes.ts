import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import type { Task } from '../util/second-thread.js';
import { EdgeClass, WEAK_INTERNAL } from './edge-class.js';
import { OwnerRules } from './edge-owners.js';
import { EdgeType } from './types.js';

/** The columns that say what an edge means, and the one that takes it. */
export interface ClassColumns {
  readonly firstEdge: Uint32Array;
  readonly edgeTypes: Uint8Array;
  readonly edgeNames: Uint32Array;
  readonly edgeTargets: Uint32Array;
  /** 1 for the names of halves of WeakMap entries, by string index. */
  readonly ephemeronNames: Uint8Array;
  /** EdgeClass bits by edge ordinal; before, at a node's first edge, what `OwnerRules` say of the node. */
  readonly classes: Uint8Array;
}

/** As many of the edges as a thread gets done while others take some too. */
export interface ClassesTask extends Task, ClassColumns {
  readonly kind: 'classes';
  /** How many blocks of edges are taken. */
  readonly taken: Int32Array;
}

const BLOCK_EDGES = 1 << 17;

/**
 * Decides for every edge what it means. The rules are those of DevTools (`HeapSnapshot.ts`: essential
 * edges, ephemerons) plus the ones a picture needs. What depends on names is looked up once for each
 * node; the pass over the edges then reads columns only, so that several threads can share it.
 */
export class EdgeClassifier {
  readonly columns: ClassColumns;
  readonly #rules: OwnerRules;
  readonly #tables: SnapshotTables;

  constructor(tables: SnapshotTables) {
    const { firstEdge, edgeTypes, edgeNames, edgeTargets, strings } = tables;
    const ephemeronNames = new Uint8Array(new SharedArrayBuffer(strings.count));
    for (const name of strings.ephemeronNames) ephemeronNames[name] = 1;
    this.#tables = tables;
    this.#rules = new OwnerRules(tables);
    this.columns = {
      ...{ firstEdge, edgeTypes, edgeNames, edgeTargets, ephemeronNames },
      classes: new Uint8Array(new SharedArrayBuffer(edgeTypes.length)),
    };
  }

  /** All edges, to be shared by those who get the same task; all of it anew when called again. */
  task(): ClassesTask {
    this.#rules.writeTo(this.columns.classes);
    const taken = new Int32Array(new SharedArrayBuffer(4));
    return { kind: 'classes', ...this.columns, taken };
  }

  /** EdgeClass bits by edge ordinal, once all are done; length edgeCount. */
  finish(): Uint8Array {
    const { classes, edgeTypes, edgeTargets } = this.columns;
    const { firstEdge, rootOrdinal: root } = this.#tables;
    const retaining = this.#rules.bitsOf(root) & EdgeClass.RETAINING;
    for (let edge = firstEdge[root]; edge < firstEdge[root + 1]; edge++) {
      const isWay = edgeTypes[edge] === EdgeType.shortcut && edgeTargets[edge] !== root;
      if (isWay) classes[edge] |= retaining | EdgeClass.ESSENTIAL;
    }
    this.#rules.markExceptions(classes);
    return classes;
  }
}

/** All of it in this thread. */
export function classifyEdges(tables: SnapshotTables): Uint8Array {
  const classifier = new EdgeClassifier(tables);
  classifyBlocks(classifier.task());
  return classifier.finish();
}

/** Takes blocks until none is left; shortcuts of the root and exceptions are left to `finish`. */
export function classifyBlocks(task: ClassesTask): true {
  const { firstEdge, edgeTypes, taken } = task;
  const blocks = Math.ceil(edgeTypes.length / BLOCK_EDGES);
  for (let block = Atomics.add(taken, 0, 1); block < blocks; block = Atomics.add(taken, 0, 1)) {
    const start = block * BLOCK_EDGES;
    classifyNodes(task, nodeAt(firstEdge, start), nodeAt(firstEdge, start + BLOCK_EDGES));
  }
  return true;
}

/** The edges of the nodes from `start` to `end`. */
function classifyNodes(task: ClassColumns, start: number, end: number): void {
  const { firstEdge, edgeTypes, edgeNames, edgeTargets } = task;
  const { ephemeronNames, classes } = task;
  const ofOwner = EdgeClass.RETAINING | EdgeClass.ENGINE | EdgeClass.COUNTED;
  const holding = EdgeClass.RETAINING | EdgeClass.ESSENTIAL;
  for (let node = start; node < end; node++) {
    const firstOfNode = firstEdge[node];
    const endEdge = firstEdge[node + 1];
    if (firstOfNode === endEdge) continue;
    const owner = classes[firstOfNode];
    const bitsOfOwner = (owner & ofOwner) | EdgeClass.ESSENTIAL;
    const tableHalf = owner & EdgeClass.TABLE_HALF;
    const internal =
      (owner & WEAK_INTERNAL) === 0 ? bitsOfOwner : bitsOfOwner & ~EdgeClass.RETAINING;
    for (let edge = firstOfNode; edge < endEdge; edge++) {
      const type = edgeTypes[edge];
      let bits = bitsOfOwner;
      if (type === EdgeType.weak) bits = 0;
      else if (type === EdgeType.internal) {
        bits = internal;
        if (ephemeronNames[edgeNames[edge]] === 1) {
          bits |= EdgeClass.EPHEMERON | tableHalf;
          if (tableHalf !== 0) bits &= ~EdgeClass.ESSENTIAL;
        }
      } else if (type === EdgeType.shortcut) bits &= ~holding;
      if (edgeTargets[edge] === node) bits &= ~holding;
      classes[edge] = bits;
    }
  }
}

/** The first node whose edges begin here or later; the end of the nodes when there is none. */
function nodeAt(firstEdge: Uint32Array, edge: number): number {
  let low = 0;
  let high = firstEdge.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (firstEdge[middle] < edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
