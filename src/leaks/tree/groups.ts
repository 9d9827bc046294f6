import { LabelKind } from './label-pool.js';
import { TREE_ROOT } from './merged-tree.js';
import type { Moments } from './moments.js';

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
 */
export function groupsThatRose(moments: Moments, least: number): readonly Group[] {
  const { tree, all } = moments;
  const found = new Map<number, { holder: number; items: number[]; counts: Int32Array }>();
  for (let node = TREE_ROOT + 1; node < tree.size; node++) {
    const kind = groupKind(moments, node);
    if (kind < 0) continue;
    const holder = tree.parentOf(node);
    const key = (kind === LabelKind.internal ? node + tree.size : holder) * KINDS + kind;
    let group = found.get(key);
    if (group === undefined) {
      group = { holder, items: [], counts: new Int32Array(all.length) };
      found.set(key, group);
    }
    group.items.push(node);
    for (let m = 0; m < all.length; m++) group.counts[m] += countAt(moments, node, m);
  }
  const rose: Group[] = [];
  for (const { holder, items, counts } of found.values()) {
    if (isRising(counts, least)) rose.push({ holder, items, counts: [...counts] });
  }
  return rose;
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
      return isKey(moments, node) ? PROPERTIES : -1;
    default:
      return tree.isRepeated(node) ? LabelKind.internal : -1;
  }
}

/** Of one object a new property counts whatever it is called; of several, a field they got later does not. */
function isKey(moments: Moments, node: number): boolean {
  const holder = moments.tree.parentOf(node);
  if (moments.all.every((_, moment) => countAt(moments, holder, moment) === 1)) return true;
  for (let m = 0; m < moments.all.length; m++) {
    if (countAt(moments, node, m) === 0) return true;
  }
  return false;
}

function isRising(counts: Int32Array, least: number): boolean {
  for (let m = 1; m < counts.length; m++) {
    if (counts[m] - counts[m - 1] < least) return false;
  }
  return true;
}
