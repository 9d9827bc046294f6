import { LabelKind, OpenLabel } from './label-pool.js';
import { TREE_ROOT } from './merged-tree.js';
import type { LatestHeap, Moments } from './moments.js';

/** References of one merged holder that any number of objects can be held by, so that they are counted together. */
export interface Group {
  /** Tree node of what holds. */
  readonly holder: number;
  /** Tree nodes of what is held: one for each class, or for each key. */
  readonly items: readonly number[];
  /** Objects at each moment. */
  readonly counts: readonly number[];
}

/** Groups of properties stand for a dictionary whose keys differ from moment to moment. */
const PROPERTIES = 15;
const KINDS = 16;

/**
 * The groups of the tree that grew: by so many at least, at each moment. Of properties with names of their
 * own only those count that are not there at every moment: fields do not come and go, keys do.
 *
 * @param kept what is known to have been there, even if it was held in another way then.
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
    // a list may be linked both ways; what is alive by itself is no collection of one owner
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
  /** What is known to have been there, in whatever way it was held. */
  readonly #kept: number[];
  /** Those that are there at every moment, under the same key. */
  readonly #lasting: number[];
  readonly #leastBefore: number;

  /** @param leastBefore of two moments: so many must have been there at the first one. */
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
    // most are of one object and do not change
    const last = this.#found.length - 1;
    if (this.#found[last] - this.#lasting[last] < least) return false;
    const { counts } = this;
    // between two moments what was not there before may just have been made
    if (counts.length === 2 && counts[0] < this.#leastBefore) return false;
    for (let m = 1; m < counts.length; m++) {
      const rise = counts[m] - this.#lasting[m] - (counts[m - 1] - this.#lasting[m - 1]);
      if (rise < least) return false;
    }
    return true;
  }
}

/** Objects of a tree node at a moment. */
export function countAt({ all }: Moments, node: number, moment: number): number {
  const { counts } = all[moment];
  return node < counts.length ? counts[node] : 0;
}

/** How the node is counted with others of its holder; -1 for references that hold one object at most. */
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
      return kind;
    case LabelKind.dictionary:
      return PROPERTIES;
    case LabelKind.property:
      // a list that is held by this property: those further down are counted here
      if (tree.isRepeated(node)) return LabelKind.internal;
      return PROPERTIES;
    default:
      return tree.isRepeated(node) ? LabelKind.internal : -1;
  }
}

/**
 * True if a property is a key rather than a field. Of one object a new property counts whatever it is
 * called; of several, a field they got later does not.
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
