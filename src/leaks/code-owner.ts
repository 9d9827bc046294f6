import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import type { FoldedHeap } from './tree/heap-fold.js';

/** Whose code holds something: the program's own, a package's, the runtime's, or none. */
export type CodeOwner = 'own' | 'package' | 'runtime' | 'engine';

/** Steps up a way in which code is looked for. */
const MOST_STEPS = 200;

/** From the file of the nearest function or scope on the way to an object. */
export function codeOwnerOf(facts: HeapFacts, heap: FoldedHeap, node: NodeOrdinal): CodeOwner {
  const { graph, contexts, scripts } = facts;
  let at = node;
  for (let step = 0; step < MOST_STEPS && at !== graph.root; step++) {
    const file =
      graph.typeOf(at) === NodeType.closure
        ? scripts.fileOf(at)
        : contexts.isContext(at)
          ? contexts.fileOf(at)
          : null;
    if (file !== null && file !== '') return ownerOfFile(file);
    at = heap.parents[at] as NodeOrdinal;
  }
  return 'engine';
}

function ownerOfFile(file: string): CodeOwner {
  if (file.startsWith('node:') || file.startsWith('ext:')) return 'runtime';
  return /[\\/]node_modules[\\/]/.test(file) ? 'package' : 'own';
}
