import type { Task } from '../util/second-thread.js';
import { BreadthFirst, Distances, type Levels, type Traversal } from './breadth-first.js';
import { EdgeClass, pairOfName } from './edge-class.js';
import { edgeBits } from './edge-rules.js';
import type { HeapGraph } from './heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from './ordinals.js';
import { findUserRoots } from './user-roots.js';

/** Added by DevTools to the distance of objects that only the engine's own roots reach. */
export const SYSTEM_DISTANCE = 100_000_000;

/**
 * Distances as DevTools shows them: steps from the user roots, which are at 1; what only system
 * roots reach gets SYSTEM_DISTANCE on top. Files without user roots count from the root at 0.
 *
 * @param queue scratch, length nodeCount.
 * Source: DevTools `HeapSnapshot.calculateDistances`.
 */
export function computeDistances(
  graph: HeapGraph,
  queue: Uint32Array = new Uint32Array(graph.nodeCount),
): Distances {
  const ends = { root: graph.root, userRoots: findUserRoots(graph) };
  return new Distances(searchFrom(graph.traversal, ends, queue));
}

interface Ends {
  readonly root: NodeOrdinal;
  readonly userRoots: readonly NodeOrdinal[];
}

function searchFrom(graph: Traversal, { root, userRoots }: Ends, queue: Uint32Array): Levels {
  const search = new BreadthFirst(graph, queue);
  for (const node of userRoots) search.start(node);
  const counted = { wanted: EdgeClass.COUNTED, unwanted: 0 };
  search.run(1, counted);
  search.start(root);
  search.run(userRoots.length > 0 ? SYSTEM_DISTANCE : 0, counted);
  return search.levels;
}

/** The same as `computeDistances`, for a second thread. */
export interface DistancesTask extends Task, Ends, Omit<Traversal, 'pairOf'> {
  readonly kind: 'distances';
  /** By the name of an edge: all names that halves of WeakMap entries have. */
  readonly pairs: ReadonlyMap<number, string>;
}

/** More names are not worth sending. */
const MOST_PAIRS = 100_000;

/** Null where the columns are not shared or there is too much to send. */
export function distancesTask(graph: HeapGraph): DistancesTask | null {
  const { strings } = graph.tables;
  const { nodeCount, rules } = graph.traversal;
  const isShared = Object.values(rules)
    .filter(ArrayBuffer.isView)
    .every(({ buffer }) => buffer instanceof SharedArrayBuffer);
  const names = strings.ephemeronNames;
  if (!isShared || names.length > MOST_PAIRS) return null;
  const pairs = new Map(names.map((name) => [name, pairOfName(strings.get(name))]));
  const ends = { root: graph.root, userRoots: findUserRoots(graph) };
  return { kind: 'distances', nodeCount, rules, ...ends, pairs };
}

export function searchDistances(task: DistancesTask): Levels {
  const { rules, pairs } = task;
  const pairOf = (edge: EdgeOrdinal) => pairs.get(rules.edgeNames[edge]) ?? '';
  return searchFrom({ ...task, pairOf }, task, new Uint32Array(task.nodeCount));
}

/** The bands of a root distance; below the first, the program's own roots reach the node. */
export const RootBand = {
  /** From here: only the engine's and the embedder's roots reach it. */
  SYSTEM: 100_000_000,
  /** From here: only engine bookkeeping such as code and shapes reaches it. */
  ENGINE: 200_000_000,
} as const;

/**
 * Steps to the nearest root in the order a programmer cares about: `starts` (globals, frames,
 * modules) first, then system roots, and only then through shapes, code and feedback. Unlike
 * DevTools' distance it means the same on every V8, so the paths drawn do too.
 *
 * @param queue scratch, length nodeCount.
 * @returns distances, UNREACHABLE for orphans.
 */
export function computeRootDistances(
  graph: HeapGraph,
  starts: Iterable<NodeOrdinal>,
  queue: Uint32Array = new Uint32Array(graph.nodeCount),
): Distances {
  const search = new BreadthFirst(graph.traversal, queue);
  const plain = { wanted: EdgeClass.RETAINING, unwanted: EdgeClass.ENGINE };
  for (const node of starts) search.start(node);
  search.run(1, plain);
  search.start(graph.root);
  search.run(RootBand.SYSTEM, plain);
  startBehindEngineEdges(graph, search);
  search.run(RootBand.ENGINE, { wanted: EdgeClass.RETAINING, unwanted: 0 });
  return new Distances(search.levels);
}

function startBehindEngineEdges(graph: HeapGraph, search: BreadthFirst): void {
  const { firstEdge, edgeTargets } = graph.tables;
  const engine = EdgeClass.RETAINING | EdgeClass.ENGINE;
  for (const node of search.passedBy) {
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if ((edgeBits(graph.rules, edge, node) & engine) === engine)
        search.start(edgeTargets[edge] as NodeOrdinal);
    }
  }
}
