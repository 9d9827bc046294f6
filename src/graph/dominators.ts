import type { NodeOrdinal } from './ordinals.js';

/**
 * A dominator tree in preorder numbers of a search from the root: a dominator's number is always
 * smaller.
 */
export interface DominatorColumns {
  /** Node ordinals in preorder; the root is the first; length nodeCount. */
  readonly order: Uint32Array;
  /** Preorder number by node ordinal. */
  readonly numbers: Uint32Array;
  /** Preorder number of the immediate dominator, by preorder number; 0 for the root. */
  readonly dominators: Uint32Array;
}

/**
 * The immediate dominator of each node: the last node that all paths from the root to it pass
 * through.
 */
export class Dominators {
  readonly columns: DominatorColumns;

  constructor(columns: DominatorColumns) {
    this.columns = columns;
  }

  /** The immediate dominator of a node; that of the root is the root itself. */
  of(node: NodeOrdinal): NodeOrdinal {
    const { order, numbers, dominators } = this.columns;
    return order[dominators[numbers[node]]] as NodeOrdinal;
  }

  /** By node ordinal; length nodeCount. */
  toArray(): Uint32Array {
    const { order, dominators } = this.columns;
    const found = new Uint32Array(order.length);
    for (let v = 0; v < order.length; v++) found[order[v]] = order[dominators[v]];
    return found;
  }
}
