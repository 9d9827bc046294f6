import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { type Holder, holderByFold } from '../references/holder.js';
import type { LibraryHolder } from '../references/library-objects.js';
import type { HeapView } from '../view.js';
import type { Fold } from './fold.js';

/**
 * Folds the libraries' own objects between an object that a program handed over and its receiver,
 * such as tables of listeners and timers.
 */
export const library: Fold = {
  kind: null,
  isFolded: ({ libraryObjects }, node) => libraryObjects.isLibraryObject(node),
  up: ({ view, libraryObjects, node }, owner, edge) => {
    const carried = libraryObjects.fold(edge, owner, node);
    return carried === null ? null : holdersOf(view, carried, edge, node);
  },
};

/**
 * The holders, without an emitter whose own listener refers to it: that does not keep itself alive.
 */
export function holdersOf(
  view: HeapView,
  carried: readonly LibraryHolder[],
  edge: EdgeOrdinal,
  node: NodeOrdinal,
): readonly Holder[] {
  return carried
    .filter(({ owner }) => owner !== node)
    .map(({ owner, meaning }) => {
      // the library is using its tables while the heap is taken
      const temporary = view.kinds.kindOf(owner) === 'root-group';
      const known = meaning ?? { kind: 'unnamed' };
      return { ...holderByFold(view, owner, edge, known), temporary };
    });
}
