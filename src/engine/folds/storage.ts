import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { pushAll } from '../../util/many.js';
import { findExports } from '../code/export-names.js';
import type { HeapFacts } from '../heap-facts.js';
import type { Meaning } from '../meaning.js';
import { type Holder, holderFromNode } from '../references/holder.js';
import { type FoldContext, mayHold, type PartFold } from './fold.js';
import { scope } from './scope.js';

/** The only storage whose slots are not properties of the object it belongs to. */
const BOUND_ARGUMENTS = '(bound arguments)';
const ELEMENTS = '(object elements)';

/**
 * Folds element stores, property arrays and cells: the object they belong to holds their content,
 * mostly by an own property, which then says it all.
 */
export const storage: PartFold = {
  kind: 'storage',
  recognises: {
    arrays: [ELEMENTS, '(object properties)', BOUND_ARGUMENTS],
    records: [
      'system / AccessorPair',
      'system / Cell',
      'system / ContextCell',
      'system / PropertyArray',
      'system / PropertyCell',
      'system / SwissNameDictionary',
    ],
    // named only "system" by V8 up to 7.9
    field: 'properties',
    heldBy: isScopeSlot,
  },
  up: foldStorage,
  // the table of a module's exports is an array like many others
  down: ({ view: { graph, kinds } }, edge) => {
    if (graph.typeOf(graph.targetOf(edge)) !== NodeType.array) return false;
    return kinds.kindOf(graph.ownerOf(edge)) === 'module-record';
  },
  meaning: ({ view }, part, edge) => slotMeaning(view.graph, part, edge),
};

/**
 * True for an array in the scope of a function built into V8, such as the values of Promise.all.
 */
function isScopeSlot({ graph, contexts }: HeapFacts, edge: EdgeOrdinal): boolean {
  return graph.edgeTypeOf(edge) === EdgeType.hidden && contexts.isContext(graph.ownerOf(edge));
}

function foldStorage(
  context: FoldContext,
  part: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const { view } = context;
  const exported = findExports(view, part);
  const found = exported.map(({ owner, meaning }) => holderFromNode(view, owner, edge, meaning));
  const isArguments = view.graph.nameOf(part) === BOUND_ARGUMENTS;
  for (const { owner, outer } of ownersOf(context, part)) {
    const isModuleTable = exported.length > 0 && view.graph.typeOf(owner) === NodeType.array;
    if (isModuleTable) continue;
    if (view.kinds.kindOf(owner) === 'scope') {
      pushAll(found, scope.up(context, owner, outer) ?? []);
      continue;
    }
    const object = view.facts.globalOf(owner)?.object ?? owner;
    if (isArguments || !context.directOwners().has(object)) {
      found.push(holderFromNode(view, owner, edge, slotMeaning(view.graph, part, edge)));
    }
  }
  return found;
}

/**
 * The first nodes above a storage that are not storages themselves, each with the edge that leaves
 * it.
 */
function ownersOf(
  { view, node }: FoldContext,
  part: NodeOrdinal,
): readonly { readonly owner: NodeOrdinal; readonly outer: EdgeOrdinal }[] {
  const { graph, kinds } = view;
  const owners: { owner: NodeOrdinal; outer: EdgeOrdinal }[] = [];
  const storages = new Set([part]);
  // a Set can grow while it is iterated, so it serves as the queue
  for (const inner of storages) {
    for (const outer of graph.retainersOf(inner)) {
      const owner = graph.ownerOf(outer);
      if (!graph.isRetaining(outer) || !mayHold(view, owner, node)) continue;
      if (kinds.kindOf(owner) === 'storage') storages.add(owner);
      else owners.push({ owner, outer });
    }
  }
  return owners;
}

/** The meaning of a slot that the object does not show as an own property. */
function slotMeaning(graph: HeapGraph, part: NodeOrdinal, edge: EdgeOrdinal): Meaning {
  const index = graph.edgeNameOf(edge);
  const name = graph.nameOf(part);
  if (name === BOUND_ARGUMENTS) return { kind: 'bound-argument', index };
  if (name === ELEMENTS) return { kind: 'element', index };
  const type = graph.typeOf(graph.targetOf(edge));
  const isName = type === NodeType.string || type === NodeType.symbol;
  return { kind: isName ? 'property-name' : 'unnamed-property' };
}
