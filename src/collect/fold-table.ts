import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import type { FoldContext } from './fold-context.js';
import { type Holder, holderFromNode } from './holder.js';
import { labelOfKey } from './key-labels.js';

/** The table behind a Map or Set: the collection holds its keys and values. */
export function foldTable(
  context: FoldContext,
  table: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const { view } = context;
  const found: Holder[] = [];
  for (const e of view.graph.retainersOf(table)) {
    const outer = e as EdgeOrdinal;
    if (!view.graph.isRetaining(outer)) continue;
    const owner = view.graph.ownerOf(outer);
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
  const kind = tables.kindOf(collection);
  if (kind === null) return undefined;
  const slot = tables.slotOf(kind, table, edge);
  if (slot.role === 'other') return undefined;
  if (kind === 'Set') return 'Set member';
  if (slot.role === 'key') return 'Map key';
  const key = slot.key === null ? 'number' : labelOfKey(view.graph, slot.key);
  return `Map[${key}] →`;
}
