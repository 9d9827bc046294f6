import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import type { FoldedHeap } from './tree/heap-fold.js';

/**
 * The owner of the code that holds something: the program, a package, the runtime, or the engine.
 */
export type CodeOwner = 'own' | 'package' | 'runtime' | 'engine';

/** The number of steps up a path in which code is looked for. */
const MOST_STEPS = 200;

/** The owner, from the file of the nearest function or scope on the path to an object. */
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
