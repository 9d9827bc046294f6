import type { Group } from './groups.js';
import { groupsThatRose } from './groups.js';
import { OpenLabel } from './label-pool.js';
import { TREE_ROOT } from './merged-tree.js';
import type { LatestHeap, Moments } from './moments.js';

/** A merged holder some of whose references hold more and more. */
export interface GrowingHolder {
  readonly holder: number;
  /** The group that rose most comes first. */
  readonly groups: readonly Group[];
  /** Why it is not to blame; null if it may be. */
  readonly excuse: string | null;
}

/**
 * Finds out why a holder is not to blame for the growth of a group; null if it may be. `all` are
 * its groups that grew.
 */
export type Excuse = (group: Group, all: readonly Group[]) => string | null;

/** The known facts about suspects. */
export interface Judgement {
  readonly excuseOf: Excuse;
  /** Tree nodes that are already suspects. */
  readonly blamed: readonly number[];
}

/**
 * The least increase from moment to moment, by the number of moments: a rise that is repeated often
 * enough may be small.
 */
export function leastRise(moments: number): number {
  if (moments <= 3) return 5;
  return moments === 4 ? 3 : 2;
}

/**
 * Finds the topmost holders that grew. Everything below such a holder grew with it and is left out;
 * below an excused one, only what grew more than its holders.
 */
export function findGrowing(
  moments: Moments,
  { kept }: Pick<LatestHeap, 'kept'>,
  { excuseOf, blamed }: Judgement,
): readonly GrowingHolder[] {
  const { tree, all } = moments;
  if (all.length < 2) return [];
  const byHolder = new Map<number, Group[]>();
  for (const group of groupsThatRose(moments, kept, leastRise(all.length))) {
    const known = byHolder.get(group.holder);
    if (known === undefined) byHolder.set(group.holder, [group]);
    else known.push(group);
  }
  const covered = new Uint8Array(tree.size);
  for (const node of blamed) covered[node] = BLAMED;
  const found: GrowingHolder[] = [];
  for (let node = TREE_ROOT; node < tree.size; node++) {
    if (node > TREE_ROOT) covered[node] |= covered[tree.parentOf(node)];
    const own = byHolder.get(node);
    if (own === undefined || (covered[node] & BLAMED) !== 0) continue;
    const grown = own
      .filter((group) => (covered[node] & EXCUSED) === 0 || outgrew(moments, group))
      .sort((a, b) => weightOf(moments, b) - weightOf(moments, a));
    for (const [excuse, groups] of byExcuse(grown, excuseOf)) {
      for (const { items } of groups) {
        for (const item of items) covered[item] |= excuse === null ? BLAMED : EXCUSED;
      }
      found.push({ holder: node, groups, excuse });
    }
  }
  return found;
}

function byExcuse(groups: readonly Group[], excuseOf: Excuse): Map<string | null, Group[]> {
  const found = new Map<string | null, Group[]>();
  for (const group of groups) {
    const excuse = excuseOf(group, groups);
    const known = found.get(excuse);
    if (known === undefined) found.set(excuse, [group]);
    else known.push(group);
  }
  return found;
}

const BLAMED = 1;
const EXCUSED = 2;

/**
 * The weight of a rise; texts and numbers count less than objects, such as the keys of a Map less
 * than its values.
 */
function weightOf({ tree }: Moments, { items, counts }: Group): number {
  const isText = items.every((item) => TEXTS.has(tree.classes.textOf(tree.classOf(item))));
  const isKey = items.every((item) => KEYS.has(tree.labelOf(item)));
  return (counts[counts.length - 1] - counts[0]) * (isText ? 0.5 : 1) * (isKey ? 0.8 : 1);
}

const KEYS: ReadonlySet<number> = new Set([OpenLabel.mapKey, OpenLabel.numbered]);
const TEXTS: ReadonlySet<string> = new Set(['string', 'number', 'symbol', 'bigint']);

/** True if the number of objects per holder increased at each moment. */
function outgrew(moments: Moments, { holder, counts }: Group): boolean {
  const { all } = moments;
  const holders = all.map(({ counts: own }) => (holder < own.length ? own[holder] : 0));
  return counts.every((count, m) => {
    return m === 0 || count * holders[m - 1] > counts[m - 1] * holders[m] * MORE;
  });
}

/** The tolerance: holders differ in how many objects they hold. */
const MORE = 1.1;
