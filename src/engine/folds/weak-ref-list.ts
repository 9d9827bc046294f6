import { NodeType } from '../../graph/types.js';
import { holderFromNode } from '../references/holder.js';
import type { Fold } from './fold.js';

const LIST = 'weak_refs_keep_during_job';

/**
 * Folds the array in which V8 lists the targets of WeakRefs that stay alive until the running job
 * ends.
 */
export const weakRefList: Fold = {
  kind: null,
  up: ({ view }, owner, edge) => {
    const { graph } = view;
    if (graph.typeOf(owner) !== NodeType.array) return null;
    for (const outer of graph.retainersOf(owner)) {
      if (graph.edgeNameOf(outer) !== LIST) continue;
      return [holderFromNode(view, graph.ownerOf(outer), edge, { kind: 'weakref-kept' })];
    }
    return null;
  },
  down: ({ view: { graph } }, edge) => {
    return graph.typeOf(graph.targetOf(edge)) === NodeType.array && graph.edgeNameOf(edge) === LIST;
  },
};
