import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { HashTables } from '../hash-tables.js';
import type { HeapView } from '../heap-view.js';
import type { Carriers } from './carriers.js';
import type { Scopes } from './scopes.js';

/** What a fold needs to know besides the edge it starts from. */
export interface FoldContext {
  readonly view: HeapView;
  readonly scopes: Scopes;
  readonly tables: HashTables;
  readonly carriers: Carriers;
  /** The object whose holders are wanted. */
  readonly node: NodeOrdinal;
  /** Nodes that hold it by a reference a programmer can write down; worked out when first asked for. */
  readonly directOwners: () => ReadonlySet<NodeOrdinal>;
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
