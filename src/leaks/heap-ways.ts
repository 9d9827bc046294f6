import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import type { WayText } from './path-pattern.js';
import type { FoldedHeap } from './tree/heap-fold.js';
import { type MergedTree, TREE_ROOT } from './tree/merged-tree.js';

/** The number of steps kept at the end of a path. */
const MOST_STEPS = 40;

/** The shortest paths to objects of the heap that was merged last. */
export class HeapWays {
  readonly #tree: MergedTree;
  readonly #heap: FoldedHeap;

  constructor(tree: MergedTree, heap: FoldedHeap) {
    this.#tree = tree;
    this.#heap = heap;
  }

  /** The objects of a path, from the root down to an object; tables do not count as steps. */
  objectsTo(node: NodeOrdinal): readonly NodeOrdinal[] {
    const { treeOf, parents } = this.#heap;
    const way: NodeOrdinal[] = [];
    let at = node;
    for (let steps = 0; steps < MOST_STEPS * 2; steps++) {
      const place = (treeOf[at] ?? 0) - 1;
      if (place <= TREE_ROOT) break;
      if (!this.#tree.isTransparent(place)) way.push(at);
      if (way.length === MOST_STEPS) break;
      at = parents[at] as NodeOrdinal;
    }
    return way.reverse();
  }

  textOf(objects: readonly NodeOrdinal[]): WayText {
    return objects.map((node) => this.#step(this.placeOf(node)));
  }

  classNameOf(node: NodeOrdinal): string {
    return this.#tree.classes.textOf(this.classOf(node));
  }

  /** True if a node is the engine's implementation of something that a program's object does. */
  isEnginePart(node: NodeOrdinal): boolean {
    return this.#heap.graph.typeOf(node) === NodeType.hidden;
  }

  /** True if a node is the table of an array, Map or object. */
  isPart(node: NodeOrdinal): boolean {
    return this.#heap.graph.typeOf(node) === NodeType.array || this.isEnginePart(node);
  }

  /** An object's tree node. */
  placeOf(node: NodeOrdinal): number {
    return (this.#heap.treeOf[node] ?? 0) - 1;
  }

  /** The number of an object's class in the tree. */
  classOf(node: NodeOrdinal): number {
    return this.#tree.classOf(this.placeOf(node));
  }

  /** The path to all objects of a tree node. */
  textTo(treeNode: number): WayText {
    const way: string[] = [];
    for (let at = treeNode; at > TREE_ROOT; at = this.#tree.parentOf(at)) way.push(this.#step(at));
    return way.slice(0, MOST_STEPS).reverse();
  }

  #step(place: number): string {
    const { labels, classes } = this.#tree;
    return `${labels.textOf(this.#tree.labelOf(place))} -> ${classes.textOf(this.#tree.classOf(place))}`;
  }
}
