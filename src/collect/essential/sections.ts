import type { Links } from './picture-links.js';
import { type Cost, cheapestWay } from './told-way.js';

/** Stands below all targets. */
export const BOTTOM = '';

/** What lies between two nodes through which all ways lead. */
export interface Section {
  readonly lower: string;
  /** Null above the last node that all ways have in common: from there they lead to different roots. */
  readonly upper: string | null;
  /** The nodes of which a way leads down to the lower end, and one up to the upper, beside no other such node. */
  readonly between: ReadonlySet<string>;
}

/** All ways from roots to the targets, cut where they meet; from the targets up. */
export function sectionsOf(links: Links, cost: Cost): readonly Section[] {
  const isRoot = (id: string) => links.nodes.get(id)?.role === 'root';
  const find = (isEnd: (id: string) => boolean) =>
    cheapestWay(links, BOTTOM, { cost, isOpen: () => true, isEnd });
  const way = find(isRoot) ?? find((id) => links.isEnd(id));
  if (way === null) return [];
  const points = [BOTTOM, ...way.slice(1).filter((id) => isOnAllWays(links, id))];
  const known = new Set(points);
  return points.flatMap((lower, index) => {
    const upper = points[index + 1] ?? null;
    const isTop = upper === null;
    if (isTop && links.isEnd(lower)) return [];
    const above = reach([lower], (id) => links.holdersOf(id), known);
    const ends = [...links.nodes.keys()].filter((id) => above.has(id) && links.isEnd(id));
    const starts = isTop ? ends : [upper];
    const below = reach(starts, (id) => links.heldBy(id), known);
    for (const end of isTop ? ends : []) below.add(end);
    const between = new Set([...above].filter((id) => below.has(id)));
    return [{ lower, upper, between }];
  });
}

/** Links with a node below all targets, which they hold. */
export function withBottom(links: Links, targets: readonly string[]): Links {
  const isTarget = new Set(targets);
  return {
    nodes: links.nodes,
    holdersOf: (id) => (id === BOTTOM ? targets : links.holdersOf(id)),
    heldBy: (id) => (isTarget.has(id) ? [...links.heldBy(id), BOTTOM] : links.heldBy(id)),
    isEnd: (id) => id !== BOTTOM && links.isEnd(id),
  };
}

function isOnAllWays(links: Links, id: string): boolean {
  const closed = new Set([id]);
  const above = reach([BOTTOM], (node) => links.holdersOf(node), closed);
  return ![...above].some((node) => links.isEnd(node));
}

/** What steps lead to from some nodes, without those that are not to be entered. */
function reach(
  starts: readonly string[],
  stepsFrom: (id: string) => readonly string[],
  closed: ReadonlySet<string>,
): Set<string> {
  const found = new Set<string>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const next of stepsFrom(id)) {
      if (closed.has(next) || found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
