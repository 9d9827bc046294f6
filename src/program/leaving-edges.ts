import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';

/** All edges that leave a node. */
export function edgesOf(graph: HeapGraph, node: NodeOrdinal): readonly EdgeOrdinal[] {
  const first = graph.firstEdge(node);
  return Array.from({ length: graph.endEdge(node) - first }, (_, i) => (first + i) as EdgeOrdinal);
}

/**
 * All edges that leave a list, and those of the store of its elements, which is a separate node.
 */
export function edgesOfList(graph: HeapGraph, list: NodeOrdinal): readonly EdgeOrdinal[] {
  const own = edgesOf(graph, list);
  const stores = own.filter((edge) => graph.edgeNameOf(edge) === 'elements');
  return [...own, ...stores.flatMap((edge) => edgesOf(graph, graph.targetOf(edge)))];
}
