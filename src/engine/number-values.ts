import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { internalField } from './code/scripts.js';

/** The digits of a number node if the snapshot was taken with numeric values; else null. */
export function valueOfNumber(graph: HeapGraph, number: NodeOrdinal): string | null {
  const value = internalField(graph, number, 'value');
  return value === null ? null : graph.nameOf(value);
}
