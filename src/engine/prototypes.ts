import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType } from '../graph/types.js';

/** The limit of steps: longer chains do not occur in programs; a damaged file may have a cycle. */
const MAX_STEPS = 16;

/** The first of `names` that an object or one of its prototypes has; null if there is none. */
export function inheritedName<Name extends string>(
  graph: HeapGraph,
  object: NodeOrdinal,
  names: readonly Name[],
): Name | null {
  let node: NodeOrdinal | null = object;
  for (let step = 0; node !== null && step < MAX_STEPS; step++) {
    const own = graph.nameOf(node);
    const found = names.find((name) => name === own);
    if (found !== undefined) return found;
    node = prototypeOf(graph, node);
  }
  return null;
}

function prototypeOf(graph: HeapGraph, object: NodeOrdinal): NodeOrdinal | null {
  for (let edge = graph.firstEdge(object); edge < graph.endEdge(object); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.property) continue;
    if (graph.edgeNameOf(edge) === '__proto__') return graph.targetOf(edge);
  }
  return null;
}
