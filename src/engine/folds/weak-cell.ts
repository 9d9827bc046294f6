import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal } from '../../graph/ordinals.js';
import { foldOfLinks } from './links.js';

/** The field for the observed object: by name, in Node.js 14 and 16 by number. */
const TARGET_FIELDS = new Set(['target', '1']);

/**
 * Folds the cells of a FinalizationRegistry: one for each observed object, with its held value. The
 * object and the token, by which the cell is found again, are held weakly.
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
