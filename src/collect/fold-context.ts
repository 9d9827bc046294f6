import type { HashTables } from '../graph/hash-tables.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { HeapView } from './heap-view.js';
import type { Scopes } from './scopes.js';

/** What a fold needs to know besides the edge it starts from. */
export interface FoldContext {
  readonly view: HeapView;
  readonly scopes: Scopes;
  readonly tables: HashTables;
  /** The object whose holders are wanted. */
  readonly node: NodeOrdinal;
  /** Nodes that hold it by a reference a programmer can write down. */
  readonly directOwners: ReadonlySet<NodeOrdinal>;
}
