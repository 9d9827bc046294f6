import { BreadthFirst, Distances, type Levels, type Traversal } from './breadth-first.js';
import { EdgeClass } from './edge-class.js';
import type { HeapGraph } from './heap-graph.js';
import { NearDistances, type Starts } from './near-distances.js';
import type { NodeOrdinal } from './ordinals.js';
import { findUserRoots } from './user-roots.js';

/** Added by DevTools to the distance of objects that only the engine's own roots reach. */
export const SYSTEM_DISTANCE = 100_000_000;

/**
 * Distances as DevTools shows them: steps from the user roots, which are at 1; nodes that only
 * system roots reach get SYSTEM_DISTANCE added. Files without user roots count from the root at 0.
 *
 * @param queue scratch memory, length nodeCount. Source: DevTools
 *   `HeapSnapshot.calculateDistances`.
 */
export function computeDistances(
  graph: HeapGraph,
  queue: Uint32Array = new Uint32Array(graph.nodeCount),
): Distances {
  const ends = { root: graph.root, userRoots: findUserRoots(graph) };
  return new Distances(searchFrom(graph.traversal, ends, queue));
}

/** The distances of DevTools, for a few nodes. @param computeAll those of `computeDistances`. */
export function nearDistances(graph: HeapGraph, computeAll: () => Distances): NearDistances {
  const starts = new Set(findUserRoots(graph));
  const fromRoot = starts.size > 0 ? SYSTEM_DISTANCE : 0;
  return new NearDistances(graph, { starts, fromRoot, ...COUNTED }, computeAll);
}

const COUNTED = { wanted: EdgeClass.COUNTED, unwanted: 0 } as const;
const PLAIN = { wanted: EdgeClass.RETAINING, unwanted: EdgeClass.ENGINE } as const;

interface Ends {
  readonly root: NodeOrdinal;
  readonly userRoots: readonly NodeOrdinal[];
}

function searchFrom(graph: Traversal, { root, userRoots }: Ends, queue: Uint32Array): Levels {
  const search = new BreadthFirst(graph, queue);
  for (const node of userRoots) search.start(node);
  search.run(1, COUNTED);
  search.start(root);
  search.run(userRoots.length > 0 ? SYSTEM_DISTANCE : 0, COUNTED);
  return search.levels;
}

/**
 * The bands of a root distance; a node below the first band is reached by the program's own roots.
 */
export const RootBand = {
  /** From here: reached only by the engine's and the embedder's roots. */
  SYSTEM: 100_000_000,
  /** From here: reached only by engine bookkeeping such as code and shapes. */
  ENGINE: 200_000_000,
} as const;

/**
 * Steps to the nearest root in the order that matters to a programmer: `starts` (globals, frames,
 * modules) first, then system roots, and only then through shapes, code and feedback. Unlike
 * DevTools' distance it means the same in every version of V8, and so do the paths drawn.
 *
 * @param queue scratch memory, length nodeCount.
 * @returns distances, UNREACHABLE for orphans.
 */
export function computeRootDistances(
  graph: HeapGraph,
  starts: Iterable<NodeOrdinal>,
  queue: Uint32Array = new Uint32Array(graph.nodeCount),
): Distances {
  const search = new BreadthFirst(graph.traversal, queue);
  for (const node of starts) search.start(node);
  search.run(1, PLAIN);
  search.start(graph.root);
  search.run(RootBand.SYSTEM, PLAIN);
  startBehindEngineEdges(graph, search);
  search.run(RootBand.ENGINE, { wanted: EdgeClass.RETAINING, unwanted: 0 });
  return new Distances(search.levels);
}

/** The same distances, for a few nodes. */
export function nearRootDistances(
  graph: HeapGraph,
  starts: Starts,
  queue: () => Uint32Array,
): NearDistances {
  const question = { starts, fromRoot: RootBand.SYSTEM, ...PLAIN };
  const computeAll = () => computeRootDistances(graph, starts.all(), queue());
  return new NearDistances(graph, question, computeAll);
}

function startBehindEngineEdges(graph: HeapGraph, search: BreadthFirst): void {
  const { firstEdge, edgeTargets } = graph.tables;
  const engine = EdgeClass.RETAINING | EdgeClass.ENGINE;
  for (const node of search.passedBy) {
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      if ((graph.rules.bitsOf(edge, node) & engine) === engine)
        search.start(edgeTargets[edge] as NodeOrdinal);
    }
  }
}
