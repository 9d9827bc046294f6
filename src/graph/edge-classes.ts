import type { Task } from '../util/second-thread.js';
import {
  asHalf,
  BITS_BY_TYPE,
  type EdgeRules,
  type EdgeTypeColumns,
  HOLDING,
} from './edge-rules.js';
import { EdgeType } from './types.js';

/** A task to classify edges: each thread takes blocks until none are left. */
export interface ClassesTask extends Task, EdgeTypeColumns {
  readonly kind: 'classes';
  /** `EdgeRules.owners`. */
  readonly owners: Uint8Array;
  /** EdgeClass bits by edge ordinal. */
  readonly classes: Uint8Array;
  /** The number of blocks of edges already taken. */
  readonly taken: Int32Array;
}

const BLOCK_EDGES = 1 << 17;

/**
 * A task for all edges, to be shared by the threads that work on it. Exceptions are added last:
 * `addExceptions`.
 */
export function classesTask({ columns, owners }: EdgeRules): ClassesTask {
  const classes = new Uint8Array(new SharedArrayBuffer(columns.edgeTypes.length));
  const taken = new Int32Array(new SharedArrayBuffer(4));
  return { kind: 'classes', ...columns, owners, classes, taken };
}

/** EdgeClass bits by edge ordinal, for questions about all edges. */
export function classifyEdges(rules: EdgeRules): Uint8Array {
  const task = classesTask(rules);
  classifyBlocks(task);
  return addExceptions(task);
}

export function addExceptions({ classes, exceptions }: ClassesTask): Uint8Array {
  for (const [edge, bits] of exceptions) classes[edge] = bits;
  return classes;
}

/** Takes blocks until none are left. */
export function classifyBlocks(task: ClassesTask): true {
  const { firstEdge, edgeTypes, taken } = task;
  const blocks = Math.ceil(edgeTypes.length / BLOCK_EDGES);
  for (let block = Atomics.add(taken, 0, 1); block < blocks; block = Atomics.add(taken, 0, 1)) {
    const start = block * BLOCK_EDGES;
    classifyNodes(task, nodeAt(firstEdge, start), nodeAt(firstEdge, start + BLOCK_EDGES));
  }
  return true;
}

/** Classifies the edges of the nodes from `start` to `end`. */
function classifyNodes(task: ClassesTask, start: number, end: number): void {
  const { firstEdge, edgeTypes, edgeNames, edgeTargets } = task;
  const { owners, ephemeronNames, classes } = task;
  let edge = firstEdge[start];
  for (let node = start; node < end; node++) {
    const endEdge = firstEdge[node + 1];
    const owner = owners[node];
    for (; edge < endEdge; edge++) {
      const type = edgeTypes[edge];
      let bits = BITS_BY_TYPE[(owner << 8) | type];
      if (type === EdgeType.internal && ephemeronNames[edgeNames[edge]] === 1) {
        bits = asHalf(bits, owner);
      }
      // a node does not hold itself
      if (edgeTargets[edge] === node) bits &= ~HOLDING;
      classes[edge] = bits;
    }
  }
}

/**
 * The first node whose edges begin here or later; the end of the nodes if there is no such node.
 */
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
