import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType } from '../../graph/types.js';
import type { HeapFacts } from '../heap-facts.js';
import type { Meaning } from '../meaning.js';
import { type Holder, holderFromNode } from '../references/holder.js';
import { keyMeaning } from '../references/key-of.js';
import type { HeapView } from '../view.js';
import { type FoldContext, mayHold, type PartFold } from './fold.js';

const ITERATORS = new Set(['Map Iterator', 'Set Iterator', 'MapIterator', 'SetIterator']);

/** Folds the table of a Map or Set: the collection holds its keys and values. */
export const table: PartFold = {
  kind: 'table',
  recognises: { field: 'table', heldBy: isIteratorTable },
  up: foldTable,
};

/**
 * True for an iterator's table: an iterator may outlive its Map or Set, or hold a table that the
 * collection has outgrown.
 */
function isIteratorTable({ graph }: HeapFacts, edge: EdgeOrdinal): boolean {
  if (graph.edgeTypeOf(edge) !== EdgeType.hidden) return false;
  return ITERATORS.has(graph.nameOf(graph.ownerOf(edge)));
}

function foldTable(context: FoldContext, part: NodeOrdinal, edge: EdgeOrdinal): readonly Holder[] {
  const { view, node } = context;
  const found: Holder[] = [];
  for (const outer of view.graph.retainersOf(part)) {
    const owner = view.graph.ownerOf(outer);
    if (!view.graph.isRetaining(outer) || !mayHold(view, owner, node)) continue;
    const isTable = view.graph.edgeNameOf(outer) === 'table';
    const meaning = isTable ? entryMeaning(context, owner, part, edge) : STILL_TO_ITERATE;
    found.push(holderFromNode(view, owner, edge, meaning));
  }
  return found;
}

const STILL_TO_ITERATE: Meaning = { kind: 'still-to-iterate' };

/**
 * The meaning of a slot; undefined for slots that do not belong to an entry, which keep their own
 * meaning.
 */
function entryMeaning(
  { view, tables }: FoldContext,
  collection: NodeOrdinal,
  part: NodeOrdinal,
  edge: EdgeOrdinal,
): Meaning | undefined {
  if (view.graph.edgeTypeOf(edge) === EdgeType.weak) return weakMeaning(view, collection);
  const kind = tables.kindOf(collection);
  if (kind === null) return undefined;
  const slot = tables.slotOf(kind, part, edge);
  if (slot.role === 'other') return undefined;
  if (kind === 'Set') return { kind: 'set-member' };
  if (slot.role === 'key') return { kind: 'map-key' };
  const key = slot.key === null ? ({ type: 'primitive' } as const) : keyMeaning(view, slot.key);
  // Node.js keeps the stores of all AsyncLocalStorages with a value in one Map
  const isContext = view.graph.nameOf(collection) === 'AsyncContextFrame';
  return { kind: isContext ? 'store' : 'map-value', key };
}

/**
 * The meaning of a weak slot. Older V8 also writes the values of a WeakMap as weak slots, so key
 * and value cannot be distinguished.
 */
function weakMeaning({ graph }: HeapView, collection: NodeOrdinal): Meaning {
  const isSet = graph.nameOf(collection) === 'WeakSet';
  return { kind: isSet ? 'weakset-member' : 'weakmap-entry' };
}
