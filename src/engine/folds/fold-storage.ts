import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { pushAll } from '../../util/many.js';
import { findExports } from '../export-names.js';
import type { HeapView } from '../heap-view.js';
import { type FoldContext, mayHold } from './fold-context.js';
import { foldScope } from './fold-scope.js';
import { type Holder, holderFromNode } from './holder.js';

/** The only storage whose slots are no properties of the object it belongs to. */
const BOUND_ARGUMENTS = '(bound arguments)';

/**
 * Element stores, property arrays and cells: the object they belong to holds what is in them. It
 * mostly shows that by a property of its own, which then says all there is to say.
 */
export function foldStorage(
  context: FoldContext,
  storage: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const { view } = context;
  const exported = findExports(view, storage);
  const found = exported.map(({ owner, label }) => holderFromNode(view, owner, edge, label));
  const isArguments = view.graph.nameOf(storage) === BOUND_ARGUMENTS;
  for (const { owner, outer } of ownersOf(context, storage)) {
    const isModuleTable = exported.length > 0 && view.graph.typeOf(owner) === NodeType.array;
    if (isModuleTable) continue;
    if (view.kinds.kindOf(owner) === 'scope') {
      pushAll(found, foldScope(context, owner, outer));
      continue;
    }
    const object = view.facts.globalOf(owner)?.object ?? owner;
    if (isArguments || !context.directOwners().has(object)) {
      found.push(holderFromNode(view, owner, edge, storageLabel(view, storage, edge)));
    }
  }
  return found;
}

/** The first nodes above a storage that are none themselves, each with the edge that leaves it. */
function ownersOf(
  { view, node }: FoldContext,
  storage: NodeOrdinal,
): readonly { readonly owner: NodeOrdinal; readonly outer: EdgeOrdinal }[] {
  const { graph, kinds } = view;
  const owners: { owner: NodeOrdinal; outer: EdgeOrdinal }[] = [];
  const storages = new Set([storage]);
  // a Set grows while it is iterated, which makes it its own queue
  for (const inner of storages) {
    for (const e of graph.retainersOf(inner)) {
      const outer = e as EdgeOrdinal;
      const owner = graph.ownerOf(outer);
      if (!graph.isRetaining(outer) || !mayHold(view, owner, node)) continue;
      if (kinds.kindOf(owner) === 'storage') storages.add(owner);
      else owners.push({ owner, outer });
    }
  }
  return owners;
}

/** For what a storage holds and its object does not show as a property of its own. */
function storageLabel({ graph }: HeapView, storage: NodeOrdinal, edge: EdgeOrdinal): string {
  const slot = graph.edgeNameOf(edge);
  const name = graph.nameOf(storage);
  if (name === BOUND_ARGUMENTS) return `bound arg ${slot}`;
  if (name === '(object elements)') return `[${slot}]`;
  const type = graph.typeOf(graph.targetOf(edge));
  return type === NodeType.string || type === NodeType.symbol ? 'property name' : 'property';
}
