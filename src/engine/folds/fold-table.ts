import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType } from '../../graph/types.js';
import type { HeapView } from '../heap-view.js';
import { type FoldContext, mayHold } from './fold-context.js';
import { type Holder, holderFromNode } from './holder.js';
import { labelOfKey } from './key-labels.js';

/** The table behind a Map or Set: the collection holds its keys and values. */
export function foldTable(
  context: FoldContext,
  table: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const { view, node } = context;
  const found: Holder[] = [];
  for (const e of view.graph.retainersOf(table)) {
    const outer = e as EdgeOrdinal;
    const owner = view.graph.ownerOf(outer);
    if (!view.graph.isRetaining(outer) || !mayHold(view, owner, node)) continue;
    const isTable = view.graph.edgeNameOf(outer) === 'table';
    const label = isTable ? tableLabel(context, owner, table, edge) : 'iterator →';
    found.push(holderFromNode(view, owner, edge, label));
  }
  return found;
}

/** Undefined for slots that are none of an entry, which then keep their raw label. */
function tableLabel(
  { view, tables }: FoldContext,
  collection: NodeOrdinal,
  table: NodeOrdinal,
  edge: EdgeOrdinal,
): string | undefined {
  if (view.graph.edgeTypeOf(edge) === EdgeType.weak) return weakLabel(view, collection);
  const kind = tables.kindOf(collection);
  if (kind === null) return undefined;
  const slot = tables.slotOf(kind, table, edge);
  if (slot.role === 'other') return undefined;
  if (kind === 'Set') return 'Set member';
  if (slot.role === 'key') return 'Map key';
  // V8 records no edge to a key that is a small integer, nor to true, null and the like
  const key = slot.key === null ? 'primitive' : labelOfKey(view, slot.key);
  // Node.js keeps the stores of all AsyncLocalStorages that are set in one Map
  if (view.graph.nameOf(collection) === 'AsyncContextFrame') return `store of ${key}`;
  return `Map[${key}] →`;
}

/** Older V8 writes the values of a WeakMap as weak slots too, so that it is not said which. */
function weakLabel({ graph }: HeapView, collection: NodeOrdinal): string {
  return graph.nameOf(collection) === 'WeakSet' ? 'WeakSet member' : 'WeakMap entry';
}
