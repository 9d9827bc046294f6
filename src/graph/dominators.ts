import type { NodeOrdinal } from './ordinals.js';

/** A dominator tree in preorder numbers of a search from the root: a dominator's is always smaller. */
export interface DominatorColumns {
  /** Node ordinals in preorder; the root is the first; length nodeCount. */
  readonly order: Uint32Array;
  /** Preorder number by node ordinal. */
  readonly numbers: Uint32Array;
  /** Preorder number of the immediate dominator, by preorder number; 0 for the root. */
  readonly dominators: Uint32Array;
}

/** Which node all ways from the root to another one pass last. */
export class Dominators {
  readonly columns: DominatorColumns;

  constructor(columns: DominatorColumns) {
    this.columns = columns;
  }

  /** The root's is itself. */
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
