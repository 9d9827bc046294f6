import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { FoldedHeap } from './heap-fold.js';
import type { MergedTree } from './merged-tree.js';
import type { Moments } from './moments.js';
import { WayTree } from './way-tree.js';

/** The objects of one holder that were found to grow. */
export interface FoundItems {
  /** The holder: the object with most of the newest items. */
  readonly holder: NodeOrdinal;
  /** The newest ones it holds, the newest first. */
  readonly items: readonly NodeOrdinal[];
  /** Each holds the one before or after it. */
  readonly isChain: boolean;
}

/** The number of newest objects whose holders are searched. */
const MOST_ITEMS = 64;
/** The share of them that a holder must exceed. */
const MOST_SHARE = 0.5;
/**
 * The least number of different references by which a holder holds them, and the least share of
 * objects held in that way.
 */
const LEAST_BELOW = 3;
const BELOW_SHARE = 0.12;

/** Finds objects for tree nodes in the heap that was merged last. */
export class ItemFinder {
  readonly #tree: MergedTree;
  readonly #heap: FoldedHeap;
  readonly #hasLastingIds: boolean;
  /** Created for the first question: there may be one for each holder that grew. */
  #byPlace: ByPlace | null = null;

  constructor({ tree, hasLastingIds }: Pick<Moments, 'tree' | 'hasLastingIds'>, heap: FoldedHeap) {
    this.#tree = tree;
    this.#heap = heap;
    this.#hasLastingIds = hasLastingIds;
  }

  /** Objects of some tree nodes, by tree node. */
  objectsOf(nodes: Iterable<number>): ReadonlyMap<number, readonly NodeOrdinal[]> {
    return new Map(Array.from(nodes, (node) => [node, this.#objectsAt(node)]));
  }

  /** All objects that a holder holds, of the same class as a sample. */
  heldBy(holder: NodeOrdinal, sample: NodeOrdinal): readonly NodeOrdinal[] {
    const { treeOf, parents } = this.#heap;
    const class_ = this.#tree.classOf(treeOf[sample] - 1);
    const found: NodeOrdinal[] = [];
    for (let place = 0; place < this.#tree.size; place++) {
      if (this.#tree.classOf(place) !== class_) continue;
      for (const node of this.#objectsAt(place)) {
        const above = parents[node];
        const isStore = treeOf[above] > 0 && this.#tree.isTransparent(treeOf[above] - 1);
        if ((isStore ? parents[above] : above) === holder) found.push(node);
      }
    }
    return found.sort((a, b) => a - b);
  }

  #objectsAt(place: number): readonly NodeOrdinal[] {
    this.#byPlace ??= sortByPlace(this.#heap.treeOf, this.#tree.size);
    const { starts, nodes } = this.#byPlace;
    return Array.from(nodes.subarray(starts[place], starts[place + 1]) as Iterable<number>, toNode);
  }

  /** How many of these were there at each moment, by their ids; those of native objects do not say it. */
  countsOf(objects: readonly NodeOrdinal[], highestIds: readonly number[]): readonly number[] {
    const { graph } = this.#heap;
    const last = highestIds.length - 1;
    return highestIds.map((highest, moment) => {
      if (moment === last || !this.#hasLastingIds) return moment === last ? objects.length : 0;
      const ids = objects.map((node) => graph.idOf(node));
      return ids.filter((id) => id % 2 === 1 && id <= highest).length;
    });
  }

  /**
   * Finds the object that holds the newest of these.
   *
   * @param above tree node of the merged holder, where the search ends.
   */
  find(objects: readonly NodeOrdinal[], above: number): FoundItems | null {
    const newest = this.newest(objects);
    const ways = this.#waysUp(newest, above);
    const [first] = ways.starts;
    if (first === undefined) return null;
    // the nearest one that holds many, each by a separate reference
    for (const holder of ways.all()) {
      if (ways.passesOf(holder) <= newest.length * MOST_SHARE) continue;
      const below = ways.belowOf(holder);
      const least = Math.max(LEAST_BELOW, newest.length * BELOW_SHARE);
      if (below.length >= Math.min(newest.length, least) && below.length > 1) {
        return { holder, items: below, isChain: false };
      }
    }
    const isNested = newest.some((item) => ways.passesOf(item) > 1);
    if (isNested) return { holder: ways.endOf(first), items: newest, isChain: true };
    // if many holders have one or two new ones each, take one of them
    const most = ways.starts
      .map((start) => ways.aboveOf(start) ?? start)
      .reduce((a, b) => (ways.passesOf(b) > ways.passesOf(a) ? b : a));
    return { holder: most, items: ways.belowOf(most), isChain: false };
  }

  /** Some of the newest, the newest first. */
  newest(objects: readonly NodeOrdinal[]): readonly NodeOrdinal[] {
    const { graph } = this.#heap;
    // without lasting ids, assume that objects added last come last
    if (!this.#hasLastingIds) return objects.slice(-MOST_ITEMS).reverse();
    return [...objects].sort((a, b) => graph.idOf(b) - graph.idOf(a)).slice(0, MOST_ITEMS);
  }

  /** The paths from objects up to an object of a given tree node; tables do not count as steps. */
  #waysUp(items: readonly NodeOrdinal[], above: number): WayTree {
    const { treeOf, parents } = this.#heap;
    const stepFrom = (from: NodeOrdinal): NodeOrdinal | null => {
      for (let node = from; ; node = parents[node] as NodeOrdinal) {
        const at = treeOf[node] - 1;
        if (!this.#tree.isTransparent(at)) return node;
        if (at === above || at === 0) return null;
      }
    };
    const nextOf = (node: NodeOrdinal): NodeOrdinal | null => {
      const at = treeOf[node] - 1;
      return at === above || at === 0 ? null : stepFrom(parents[node] as NodeOrdinal);
    };
    return new WayTree(
      items.flatMap((item) => stepFrom(item) ?? []),
      nextOf,
    );
  }
}

/** The objects of a heap by tree node, in the order of their ordinals. */
interface ByPlace {
  /** By tree node, with one more at the end. */
  readonly starts: Uint32Array;
  readonly nodes: Uint32Array;
}

function sortByPlace(treeOf: Int32Array, size: number): ByPlace {
  const starts = new Uint32Array(size + 2);
  for (const place of treeOf) starts[place + 1]++;
  for (let place = 1; place < starts.length; place++) starts[place] += starts[place - 1];
  const nodes = new Uint32Array(treeOf.length);
  const next = starts.slice();
  for (let node = 0; node < treeOf.length; node++) nodes[next[treeOf[node]]++] = node;
  // without objects that nothing holds
  return { starts: starts.subarray(1), nodes };
}

function toNode(node: number): NodeOrdinal {
  return node as NodeOrdinal;
}
