import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { Meaning } from '../meaning.js';
import { promisesOf } from '../promises.js';
import { holderFromNode } from '../references/holder.js';
import type { HeapView } from '../view.js';
import { mayHold, type PartFold } from './fold.js';

/**
 * Folds what a promise will do when it settles: call back, and settle the promise that `then`
 * returned.
 */
export const reaction: PartFold = {
  kind: 'reaction',
  recognises: { records: ['system / PromiseReaction'] },
  up: ({ view, node }, part, edge) => {
    const meaning = reactionMeaning(view, node);
    return promisesOf(view, part)
      .filter((promise) => mayHold(view, promise, node))
      .map((promise) => holderFromNode(view, promise, edge, meaning));
  },
  meaning: ({ view, node }) => reactionMeaning(view, node),
};

/**
 * The meaning of a reaction's field; one of them is the async context in which `then` was called.
 */
function reactionMeaning({ graph }: HeapView, node: NodeOrdinal): Meaning {
  if (graph.typeOf(node) === NodeType.closure) return { kind: 'then-callback' };
  const name = graph.nameOf(node);
  const isResult = name === 'Promise' || name === 'system / PromiseCapability';
  return { kind: isResult ? 'then-result' : 'then-context' };
}
