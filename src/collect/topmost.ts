import type { HeapView } from '../engine/heap-view.js';
import { Holders } from '../engine/references/holders.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { OwnReferences } from './essential/own-references.js';

/**
 * The objects that no new object holds, not counting those that they keep alive themselves.
 *
 * @param lastId objects with a higher heap id are new.
 */
export function topmostOf(
  view: HeapView,
  nodes: Iterable<NodeOrdinal>,
  lastId: number,
): ReadonlySet<NodeOrdinal> {
  const holders = new Holders(view, { weak: false, internals: false });
  const asked = [...nodes];
  const search = new OwnReferences(view, { mayAskDominators: false, objects: asked.length });
  const isHeld = (node: NodeOrdinal) =>
    holders.of(node).some(({ from }) => {
      if ('frame' in from || view.graph.idOf(from.node) <= lastId) return false;
      return view.rootDistances.of(from.node) >= 0 && !search.isOwn(node, from.node);
    });
  return new Set(asked.filter((node) => !isHeld(node)));
}
