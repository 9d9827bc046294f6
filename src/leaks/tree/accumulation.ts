import type { HeapFacts } from '../../engine/heap-facts.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { FoldedHeap } from './heap-fold.js';
import type { MergedTree } from './merged-tree.js';

/** Objects of one class that one object keeps alive. */
export interface Accumulation {
  /** The nearest object that all paths to them pass through. */
  readonly owner: NodeOrdinal;
  readonly items: readonly NodeOrdinal[];
  /** Each keeps the next one alive. */
  readonly isChain: boolean;
  /** Bytes that they keep alive. */
  readonly bytes: number;
}

/** The least number of objects of an accumulation. */
const LEAST_ITEMS = 40;
/** Objects of one class this near to each other in the dominator tree are one chain. */
const CHAIN_WINDOW = 8;
/** The same for classes of general use. */
const PLAIN_WINDOW = 4;
const PLAIN_CLASSES = ['Object', 'Array', 'Map', 'Set', 'string', '()', 'system / Context'];
/** Node types of objects that programs make. */
const COUNTED = new Uint8Array(256);
for (const type of [
  ...[NodeType.object, NodeType.closure, NodeType.string, NodeType.native, NodeType.regexp],
  ...[NodeType['concatenated string'], NodeType['sliced string'], NodeType.number],
]) {
  COUNTED[type] = 1;
}

/**
 * Finds accumulations in one heap: many objects of a class below one owner; every link of a chain
 * counts at the first one.
 */
export function findAccumulations(
  tree: MergedTree,
  heap: FoldedHeap,
  facts: HeapFacts,
  least = LEAST_ITEMS,
): readonly Accumulation[] {
  const owners = new Owners(tree, heap, facts);
  const { graph } = heap;
  const counts = new Uint32Array(graph.nodeCount);
  owners.forEach((_, owner) => {
    counts[owner]++;
  });
  const groups = new Map<
    number,
    { owner: number; items: number[]; heads: number; bytes: number }
  >();
  owners.forEach((node, owner, head) => {
    if (counts[owner] < least) return;
    const key = owner * tree.size + tree.classOf(heap.treeOf[node] - 1);
    let group = groups.get(key);
    if (group === undefined) {
      group = { owner, items: [], heads: 0, bytes: 0 };
      groups.set(key, group);
    }
    group.items.push(node);
    if (head !== node) return;
    group.heads++;
    group.bytes += facts.retainedSizes.of(node as NodeOrdinal);
  });
  return [...groups.values()]
    .filter(({ items, owner }) => items.length >= least && owners.mayOwn(owner))
    .map(({ owner, items, heads, bytes }) => ({
      owner: owner as NodeOrdinal,
      items: items as NodeOrdinal[],
      isChain: heads < items.length / 2,
      bytes,
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/**
 * Finds the owner of each object: the nearest dominator that is not a store; for links of a chain,
 * the first link's.
 */
class Owners {
  readonly #tree: MergedTree;
  readonly #heap: FoldedHeap;
  readonly #facts: HeapFacts;
  readonly #plain: ReadonlySet<number>;
  /** 1 + the holder of a node, by node ordinal; 0 if not determined yet. */
  readonly #holders: Uint32Array;

  constructor(tree: MergedTree, heap: FoldedHeap, facts: HeapFacts) {
    this.#tree = tree;
    this.#heap = heap;
    this.#facts = facts;
    this.#holders = new Uint32Array(heap.graph.nodeCount);
    this.#plain = new Set(PLAIN_CLASSES.map((name) => tree.classes.of(name)));
  }

  /** False for groups of roots and globals: they own what nothing else owns, which says nothing. */
  mayOwn(owner: number): boolean {
    const { nodeTypes } = this.#heap.graph.tables;
    if (nodeTypes[owner] === NodeType.synthetic) return false;
    return this.#facts.realms.ofPart(owner as NodeOrdinal) === null;
  }

  /**
   * Visits all objects. The head of a chain stands for its links; an object outside of chains is
   * its own head.
   */
  forEach(visit: (node: number, owner: number, head: number) => void): void {
    const { order, dominators } = this.#facts.dominators.columns;
    const { nodeTypes } = this.#heap.graph.tables;
    const { treeOf } = this.#heap;
    // by number: the number of the first link; dominators come before the nodes they dominate
    const heads = new Uint32Array(order.length);
    for (let v = 1; v < order.length; v++) {
      const node = order[v];
      heads[v] = v;
      if (COUNTED[nodeTypes[node]] === 0 || treeOf[node] === 0) continue;
      const class_ = this.#tree.classOf(treeOf[node] - 1);
      let above = dominators[v];
      const window = this.#plain.has(class_) ? PLAIN_WINDOW : CHAIN_WINDOW;
      for (let step = 0; step < window && above > 0; step++) {
        const place = treeOf[order[above]] - 1;
        if (place >= 0 && this.#tree.classOf(place) === class_) {
          heads[v] = heads[above];
          break;
        }
        above = dominators[above];
      }
      const dominator = this.#ownerOf(dominators[heads[v]]);
      const owner = this.mayOwn(dominator) ? dominator : this.#holderOf(node);
      if (owner !== node) visit(node, owner, order[heads[v]]);
    }
  }

  /**
   * The holder of an object that several parts of a program reach, so that nothing owns it alone:
   * the one on the shortest path, or the first of its list.
   */
  #holderOf(node: number): number {
    const { treeOf, parents } = this.#heap;
    const passed: number[] = [];
    let at = node;
    while (this.#holders[at] === 0) {
      passed.push(at);
      const above = parents[at];
      const place = treeOf[above] - 1;
      if (place <= 0) this.#holders[at] = above + 1;
      else if (this.#tree.isTransparent(place)) this.#holders[at] = parents[above] + 1;
      else if (this.#tree.classOf(place) !== this.#tree.classOf(treeOf[at] - 1)) {
        this.#holders[at] = above + 1;
      } else at = above;
    }
    const holder = this.#holders[at];
    for (const one of passed) this.#holders[one] = holder;
    return holder - 1;
  }

  #ownerOf(number: number): number {
    const { order, dominators } = this.#facts.dominators.columns;
    const { nodeTypes } = this.#heap.graph.tables;
    let v = number;
    while (v > 0 && nodeTypes[order[v]] === NodeType.array) v = dominators[v];
    return order[v];
  }
}
