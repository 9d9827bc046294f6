import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import type { Meaning } from '../meaning.js';
import { suspendedFunction } from '../promises.js';
import { type Holder, holderFromNode } from '../references/holder.js';
import type { HeapView } from '../view.js';
import { type FoldContext, mayHold, type PartFold } from './fold.js';

/** Folds the nameless array in which a suspended function keeps its parameters and locals. */
export const registers: PartFold = {
  kind: 'registers',
  recognises: { field: 'parameters_and_registers' },
  up: foldRegisters,
};

function foldRegisters(
  { view, node }: FoldContext,
  part: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const { graph } = view;
  const found: Holder[] = [];
  for (const outer of graph.retainersOf(part)) {
    const owner = graph.ownerOf(outer);
    if (!graph.isRetaining(outer) || !mayHold(view, owner, node)) continue;
    found.push(holderFromNode(view, owner, edge, localMeaning(view, owner)));
  }
  return found;
}

function localMeaning({ graph }: HeapView, generator: NodeOrdinal): Meaning {
  return {
    kind: 'suspended-local',
    name: null,
    function: suspendedFunction(graph, generator),
    // V8 names a generator object after its function, but that of an async function always
    // "Generator"
    async: graph.nameOf(generator) === 'Generator',
  };
}
