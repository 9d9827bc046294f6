import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import type { HeapView } from '../heap-view.js';
import type { Carried } from './carriers.js';
import type { FoldContext } from './fold-context.js';
import { type Holder, holderByFold } from './holder.js';

/** Null when the owner is an object like any other, to be drawn. */
export function foldCarrier(
  { view, carriers, node }: FoldContext,
  owner: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] | null {
  const carried = carriers.fold(edge, owner, node);
  return carried === null ? null : holdersOf(view, carried, edge, node);
}

/** An emitter that its own listener knows does not keep itself alive. */
export function holdersOf(
  view: HeapView,
  carried: readonly Carried[],
  edge: EdgeOrdinal,
  node: NodeOrdinal,
): readonly Holder[] {
  return carried
    .filter(({ owner }) => owner !== node)
    .map(({ owner, label }) => {
      // the library is at work on its tables while the heap is looked at
      const temporary = view.kinds.kindOf(owner) === 'root-group';
      return { ...holderByFold(view, owner, edge, label), temporary };
    });
}
