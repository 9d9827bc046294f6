import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import type { HashTables } from '../hash-tables.js';
import type { HeapFacts } from '../heap-facts.js';
import type { Meaning } from '../meaning.js';
import type { NodeKind, PartKind } from '../node-kind.js';
import type { Holder } from '../references/holder.js';
import type { LibraryObjects } from '../references/library-objects.js';
import type { Scopes } from '../references/scopes.js';
import type { HeapView } from '../view.js';

/** How the nodes of a kind are recognised in a file. */
export interface Recognition {
  /** Names of arrays. */
  readonly arrays?: readonly string[];
  /** Names of records of the engine, and of C++ objects. */
  readonly records?: readonly string[];
  /** A pattern of such names, tried after all exact names. */
  readonly pattern?: RegExp;
  /** The field by which such a node belongs to its object, if its name is not specific. */
  readonly field?: string;
  /** A test of any edge that leads to it. */
  readonly heldBy?: (facts: HeapFacts, edge: EdgeOrdinal) => boolean;
}

/** The tools that folds use besides the edge they look at. */
export interface FoldTools {
  readonly view: HeapView;
  readonly scopes: Scopes;
  readonly tables: HashTables;
  readonly libraryObjects: LibraryObjects;
}

export interface FoldContext extends FoldTools {
  /** The object whose holders are wanted. */
  readonly node: NodeOrdinal;
  /**
   * Nodes that hold it by a reference that a programmer can write down; computed when first asked
   * for.
   */
  readonly directOwners: () => ReadonlySet<NodeOrdinal>;
}

/**
 * One kind of reference that takes several steps in the heap but is a single one to a programmer.
 */
export interface Fold {
  /** The kind of the nodes it applies to; null for any that are not part of the engine. */
  readonly kind: NodeKind | null;
  /** Absent if the graph itself knows which nodes are of the kind. */
  readonly recognises?: Recognition;
  /** True if a node is never drawn unless asked for, because others hold what it holds. */
  readonly isFolded?: (tools: FoldTools, node: NodeOrdinal) => boolean;
  /**
   * The holders of the context's node by an edge that leaves `part`; null if another fold knows.
   */
  readonly up: (
    context: FoldContext,
    part: NodeOrdinal,
    edge: EdgeOrdinal,
  ) => readonly Holder[] | null;
  /** True if an edge leads on to a node that is not folded itself. */
  readonly down?: (tools: FoldTools, edge: EdgeOrdinal) => boolean;
  /** The meaning of an edge that leaves `part`; null if the edge itself says it all. */
  readonly meaning?: (context: FoldContext, part: NodeOrdinal, edge: EdgeOrdinal) => Meaning | null;
}

/** A fold of engine parts, which are never drawn. */
export interface PartFold extends Fold {
  readonly kind: PartKind;
  readonly recognises: Recognition;
}

/**
 * True for a real holder. False for garbage that only looks like one, such as objects that a
 * debugger's console kept, unless the object is garbage, too; and for the object itself, which does
 * not keep itself alive.
 */
export function mayHold(
  { rootDistances }: HeapView,
  owner: NodeOrdinal,
  node: NodeOrdinal,
): boolean {
  const isGarbage = rootDistances.of(owner) < 0;
  return owner !== node && (!isGarbage || rootDistances.of(node) < 0);
}
