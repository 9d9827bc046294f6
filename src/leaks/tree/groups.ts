import { LabelKind, OpenLabel } from './label-pool.js';
import { TREE_ROOT } from './merged-tree.js';
import type { LatestHeap, Moments } from './moments.js';

/**
 * References of one merged holder that can hold any number of objects, so that they are counted
 * together.
 */
export interface Group {
  /** The tree node of the holder. */
  readonly holder: number;
  /** The tree nodes of the held objects: one for each class, or for each key. */
  readonly items: readonly number[];
  /** The number of objects at each moment. */
  readonly counts: readonly number[];
}

/**
 * Marks groups of properties, which stand for a dictionary whose keys differ from moment to moment.
 */
const PROPERTIES = 15;
const KINDS = 16;

/**
 * Finds the groups of the tree that grew, by at least a given number at each moment. Of named
 * properties, only those count that are missing at some moment: keys come and go, fields do not.
 *
 * @param kept objects known to have existed, even if they were held in another way then.
 */
export function groupsThatRose(
  moments: Moments,
  kept: LatestHeap['kept'],
  least: number,
): readonly Group[] {
  const { tree, all } = moments;
  const found = new Map<number, Counting>();
  const isRootGroup = rootGroupsOf(moments);
  for (let node = TREE_ROOT + 1; node < tree.size; node++) {
    const kind = groupKind(moments, node);
    if (kind < 0) continue;
    const isLasting = kind === PROPERTIES && !isKey(moments, node);
    const holder = tree.parentOf(node);
    // a list may be linked both ways; objects that are alive by themselves are not a collection of one owner
    const isApart = kind === LabelKind.internal || isRootGroup(holder);
    const apart = isApart ? tree.classOf(node) + 1 : 0;
    const key = (holder + tree.size * apart) * KINDS + kind;
    let group = found.get(key);
    if (group === undefined) {
      group = new Counting(holder, all.length, kind === PROPERTIES ? least : 1);
      found.set(key, group);
    }
    group.add(moments, kept, { node, isLasting });
  }
  return [...found.values()].filter((group) => group.isRising(least));
}

/** Tells the root and the groups of GC roots from objects. */
function rootGroupsOf({ tree }: Moments): (node: number) => boolean {
  const roots = tree.classes.of('(GC roots)');
  return (node) => {
    if (node === TREE_ROOT || tree.classOf(node) === roots) return true;
    return tree.classOf(tree.parentOf(node)) === roots;
  };
}

class Counting implements Group {
  readonly holder: number;
  readonly items: number[] = [];
  readonly #found: number[];
  /** The number of objects known to have existed, whatever held them. */
  readonly #kept: number[];
  /** The number of objects that exist at every moment under the same key. */
  readonly #lasting: number[];
  readonly #leastBefore: number;

  /** @param leastBefore with two moments, the least number of objects at the first one. */
  constructor(holder: number, moments: number, leastBefore: number) {
    this.holder = holder;
    this.#leastBefore = leastBefore;
    const zeros = () => new Array<number>(moments).fill(0);
    this.#found = zeros();
    this.#kept = zeros();
    this.#lasting = zeros();
  }

  get counts(): readonly number[] {
    return this.#found.map((count, m) => Math.max(count, this.#kept[m]));
  }

  add(
    moments: Moments,
    kept: LatestHeap['kept'],
    { node, isLasting }: { readonly node: number; readonly isLasting: boolean },
  ): void {
    this.items.push(node);
    for (let m = 0; m < this.#found.length; m++) {
      const count = countAt(moments, node, m);
      this.#found[m] += count;
      if (m < kept.length) this.#kept[m] += kept[m][node];
      if (isLasting) this.#lasting[m] += count;
    }
  }

  isRising(least: number): boolean {
    // most are a single object and do not change
    const last = this.#found.length - 1;
    if (this.#found[last] - this.#lasting[last] < least) return false;
    const { counts } = this;
    // between two moments, a group that did not exist before may just have been created
    if (counts.length === 2 && counts[0] < this.#leastBefore) return false;
    for (let m = 1; m < counts.length; m++) {
      const rise = counts[m] - this.#lasting[m] - (counts[m - 1] - this.#lasting[m - 1]);
      if (rise < least) return false;
    }
    return true;
  }
}

/** The number of objects of a tree node at a moment. */
export function countAt({ all }: Moments, node: number, moment: number): number {
  const { counts } = all[moment];
  return node < counts.length ? counts[node] : 0;
}

/**
 * The kind by which a node is counted with others of its holder; -1 for references that hold at
 * most one object.
 */
function groupKind(moments: Moments, node: number): number {
  const { tree } = moments;
  if (tree.isTransparent(node)) return -1;
  const kind = tree.labels.kindOf(tree.labelOf(node));
  switch (kind) {
    case LabelKind.element:
    case LabelKind.mapKey:
    case LabelKind.mapValue:
    case LabelKind.setMember:
    case LabelKind.numbered:
    case LabelKind.console:
      return kind;
    case LabelKind.dictionary:
      return PROPERTIES;
    case LabelKind.property:
      // a list held by this property: objects further down are counted here
      if (tree.isRepeated(node)) return LabelKind.internal;
      return PROPERTIES;
    default:
      return tree.isRepeated(node) ? LabelKind.internal : -1;
  }
}

/**
 * True if a property is a key, not a field. For one object any new property counts as a key; for
 * several, a field that was added later does not.
 */
function isKey(moments: Moments, node: number): boolean {
  const { all, tree } = moments;
  if (tree.labelOf(node) === OpenLabel.dictionary) return true;
  const holder = tree.parentOf(node);
  let isOne = true;
  let isLasting = true;
  for (let m = 0; m < all.length; m++) {
    if (countAt(moments, holder, m) !== 1) isOne = false;
    if (countAt(moments, node, m) === 0) isLasting = false;
  }
  return isOne || !isLasting;
}
