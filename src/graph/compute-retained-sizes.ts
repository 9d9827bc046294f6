import type { HeapGraph } from './heap-graph.js';
import type { NodeOrdinal } from './ordinals.js';

/**
 * Retained size in bytes by node ordinal: what would be freed if the node went away, its own size
 * included. Float64 because a heap may exceed 2^32 bytes; length nodeCount.
 *
 * @param dominators from computeDominators.
 * @param order scratch, length nodeCount.
 * @param sizes shallow sizes by node ordinal; default: those of the file.
 */
export function computeRetainedSizes(
  graph: HeapGraph,
  dominators: Uint32Array,
  order: Uint32Array = new Uint32Array(graph.nodeCount),
  sizes?: Float64Array,
): Float64Array {
  const retained = sizes?.slice() ?? selfSizes(graph);
  sortBottomUp(order, dominators, graph.root);
  for (let i = 0; i < order.length; i++) {
    const node = order[i];
    if (node !== graph.root) retained[dominators[node]] += retained[node];
  }
  return retained;
}

function selfSizes(graph: HeapGraph): Float64Array {
  const sizes = new Float64Array(graph.nodeCount);
  for (let node = 0; node < graph.nodeCount; node++) {
    sizes[node] = graph.selfSizeOf(node as NodeOrdinal);
  }
  return sizes;
}

/** Node ordinals so that each comes before its dominator: leaves first, then whoever has become one. */
function sortBottomUp(order: Uint32Array, dominators: Uint32Array, root: number): void {
  const children = new Uint32Array(dominators.length);
  for (let node = 0; node < dominators.length; node++) {
    if (node !== root) children[dominators[node]]++;
  }
  let length = 0;
  for (let node = 0; node < dominators.length; node++)
    if (children[node] === 0) order[length++] = node;
  for (let i = 0; i < length; i++) {
    const node = order[i];
    if (node !== root && --children[dominators[node]] === 0) order[length++] = dominators[node];
  }
}
