import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import type { HashTables } from '../hash-tables.js';
import type { HeapFacts } from '../heap-facts.js';
import type { Meaning } from '../meaning.js';
import type { NodeKind, PartKind } from '../node-kind.js';
import type { Holder } from '../references/holder.js';
import type { LibraryObjects } from '../references/library-objects.js';
import type { Scopes } from '../references/scopes.js';
import type { HeapView } from '../view.js';

/** How the nodes of a kind are told from others in a file. */
export interface Recognition {
  /** Names of arrays. */
  readonly arrays?: readonly string[];
  /** Names of records of the engine, and of C++ objects. */
  readonly records?: readonly string[];
  /** The same by an expression, after all that are told by name. */
  readonly pattern?: RegExp;
  /** The field by which such a node belongs to its object, where its own name says nothing. */
  readonly field?: string;
  /** The same by any edge that leads to it. */
  readonly heldBy?: (facts: HeapFacts, edge: EdgeOrdinal) => boolean;
}

/** What folds know besides the edge they look at. */
export interface FoldTools {
  readonly view: HeapView;
  readonly scopes: Scopes;
  readonly tables: HashTables;
  readonly libraryObjects: LibraryObjects;
}

export interface FoldContext extends FoldTools {
  /** The object whose holders are wanted. */
  readonly node: NodeOrdinal;
  /** Nodes that hold it by a reference a programmer can write down; worked out when first asked for. */
  readonly directOwners: () => ReadonlySet<NodeOrdinal>;
}

/** One kind of reference that takes several steps in the heap and is one to a programmer. */
export interface Fold {
  /** The kind of the nodes it is about; null for any that are no part of the engine. */
  readonly kind: NodeKind | null;
  /** Absent where the graph itself says which nodes are of the kind. */
  readonly recognises?: Recognition;
  /** True if a node is never drawn unless asked for, because others hold what it holds. */
  readonly isFolded?: (tools: FoldTools, node: NodeOrdinal) => boolean;
  /** Who holds the context's node by an edge that leaves `part`; null where another fold knows. */
  readonly up: (
    context: FoldContext,
    part: NodeOrdinal,
    edge: EdgeOrdinal,
  ) => readonly Holder[] | null;
  /** True if the way down leads on through the end of an edge, which is not folded itself. */
  readonly down?: (tools: FoldTools, edge: EdgeOrdinal) => boolean;
  /** What an edge that leaves `part` means; null for no more than the edge itself says. */
  readonly meaning?: (context: FoldContext, part: NodeOrdinal, edge: EdgeOrdinal) => Meaning | null;
}

/** A fold of the engine's parts, which are never drawn. */
export interface PartFold extends Fold {
  readonly kind: PartKind;
  readonly recognises: Recognition;
}

/**
 * False for garbage that only looks like a holder, such as what a debugger's console kept, unless
 * the object is garbage too; and for the object itself, which does not keep itself alive.
 */
export function mayHold(
  { rootDistances }: HeapView,
  owner: NodeOrdinal,
  node: NodeOrdinal,
): boolean {
  const isGarbage = rootDistances.of(owner) < 0;
  return owner !== node && (!isGarbage || rootDistances.of(node) < 0);
}
