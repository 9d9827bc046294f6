import { NodeType } from '../../graph/types.js';
import type { Meaning } from '../meaning.js';
import { awaitedPromises, suspendedFunction } from '../promises.js';
import { holderFromNode } from '../references/holder.js';
import { type Fold, mayHold } from './fold.js';

/**
 * Folds the two resume functions by which a suspended async function hangs from the promise that it
 * awaits.
 */
export const awaited: Fold = {
  kind: 'scope',
  up: ({ view, node }, scope, edge) => {
    const promises = awaitedPromises(view, scope, edge).filter((promise) =>
      mayHold(view, promise, node),
    );
    if (promises.length === 0) return null;
    const meaning: Meaning = { kind: 'awaited', function: suspendedFunction(view.graph, node) };
    return promises.map((promise) => holderFromNode(view, promise, edge, meaning));
  },
  // the resume functions of a reaction
  down: ({ view: { graph, kinds } }, edge) => {
    if (graph.typeOf(graph.targetOf(edge)) !== NodeType.closure) return false;
    return kinds.kindOf(graph.ownerOf(edge)) === 'reaction';
  },
};
