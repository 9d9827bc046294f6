import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal } from '../../graph/ordinals.js';
import { foldOfLinks } from './links.js';

/** The field of the object that is waited for: by its name, in Node.js 14 and 16 by its number. */
const TARGET_FIELDS = new Set(['target', '1']);

/**
 * A FinalizationRegistry has a cell for each object it waits for, with the value held for it; the object
 * and the token, by which the cell is found again, it has weakly.
 */
export const weakCell = foldOfLinks({
  kind: 'weak-cell',
  recognises: { records: ['system / WeakCell'] },
  meaning: ({ graph }, _, edge) => {
    if (!graph.isWeak(edge)) return { kind: 'held-value' };
    return { kind: 'weak', name: nameOfWeak(graph, edge) };
  },
});

function nameOfWeak(graph: HeapGraph, edge: EdgeOrdinal): string {
  return TARGET_FIELDS.has(graph.edgeNameOf(edge)) ? 'target' : 'unregister token';
}
