import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType } from '../graph/types.js';

/** The header of an array's store in words: its shape and its length. */
export const STORE_HEADER_WORDS = 2;

/**
 * The number of elements of an array. A snapshot has no length, but the store and the elements on
 * the heap bound it.
 */
export interface ArrayElements {
  /** One more than the highest index of an element on the heap; 0 for none. */
  readonly least: number;
  /** The number of elements that the store has room for. */
  readonly capacity: number;
}

/**
 * Reads the bounds of an array's length. Makes one pass over the columns, because an array may have
 * a million elements, and the store may come last.
 *
 * @param wordSize bytes of a pointer in this heap.
 */
export function elementsOf(graph: HeapGraph, array: NodeOrdinal, wordSize: number): ArrayElements {
  const { edgeTypes, edgeNames, edgeTargets, strings } = graph.tables;
  const { element, internal } = EdgeType;
  const end = graph.endEdge(array);
  let least = 0;
  let store: NodeOrdinal | null = null;
  for (let e: number = graph.firstEdge(array); e < end; e++) {
    const type = edgeTypes[e];
    const name = edgeNames[e] as number;
    if (type === element) {
      if (name >= least) least = name + 1;
    } else if (type === internal && store === null && strings.equals(name, 'elements')) {
      store = edgeTargets[e] as NodeOrdinal;
    }
  }
  const bytes = store === null ? 0 : graph.selfSizeOf(store);
  return { least, capacity: Math.max(0, bytes / wordSize - STORE_HEADER_WORDS) };
}
