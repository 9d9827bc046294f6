import type { Distances } from '../../src/graph/breadth-first.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';

/** The distances of all nodes, by ordinal. */
export function allDistances(
  graph: HeapGraph,
  compute: (graph: HeapGraph) => Distances,
): readonly number[] {
  const distances = compute(graph);
  return Array.from({ length: graph.nodeCount }, (_, node) => distances.of(node as NodeOrdinal));
}
