import type { Links } from './picture-links.js';
import { type Cost, cheapestWay } from './told-way.js';

/** A virtual node below all targets. */
export const BOTTOM = '';

/** The part of a picture between two nodes that all paths lead through. */
export interface Section {
  readonly lower: string;
  /** Null above the last node that all paths share: from there they lead to different roots. */
  readonly upper: string | null;
  /**
   * The nodes from which one path leads down to the lower end and one up to the upper end, without
   * another common node.
   */
  readonly between: ReadonlySet<string>;
}

/** Splits all paths from roots to the targets where they meet; ordered from the targets up. */
export function sectionsOf(links: Links, cost: Cost): readonly Section[] {
  const isRoot = (id: string) => links.nodes.get(id)?.role === 'root';
  const find = (isEnd: (id: string) => boolean) =>
    cheapestWay(links, BOTTOM, { cost, isOpen: () => true, isEnd });
  const way = find(isRoot) ?? find((id) => links.isEnd(id));
  if (way === null) return [];
  const points = onAllWays(links, way);
  const known = new Set(points);
  return points.flatMap((lower, index) => {
    const upper = points[index + 1] ?? null;
    const isTop = upper === null;
    if (isTop && links.isEnd(lower)) return [];
    const above = reach([lower], (id) => links.holdersOf(id), known);
    const ends = isTop ? [...above].filter((id) => links.isEnd(id)) : [];
    const below = reach(isTop ? ends : [upper], (id) => links.heldBy(id), known);
    for (const end of ends) below.add(end);
    const between = new Set([...above].filter((id) => below.has(id)));
    return [{ lower, upper, between }];
  });
}

/** The links with a virtual node added below all targets, which they hold. */
export function withBottom(links: Links, targets: readonly string[]): Links {
  const isTarget = new Set(targets);
  return {
    nodes: links.nodes,
    holdersOf: (id) => (id === BOTTOM ? targets : links.holdersOf(id)),
    heldBy: (id) => (isTarget.has(id) ? [...links.heldBy(id), BOTTOM] : links.heldBy(id)),
    isEnd: (id) => id !== BOTTOM && links.isEnd(id),
  };
}

/**
 * The nodes of one path that all others lead through, too, from the bottom up: those that no other
 * path bypasses. Looks at each node once, whatever the length of the path.
 */
function onAllWays(links: Links, way: readonly string[]): readonly string[] {
  const places = new Map(way.map((id, place) => [id, place]));
  const passed = new Set<string>();
  const points: string[] = [];
  // the highest point that paths reach which leave this one further down
  let farthest = 0;
  const climb = (start: string) => {
    const open = [start];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (links.isEnd(id)) farthest = Number.POSITIVE_INFINITY;
      for (const holder of links.holdersOf(id)) {
        const place = places.get(holder);
        if (place !== undefined) farthest = Math.max(farthest, place);
        else if (!passed.has(holder)) {
          passed.add(holder);
          open.push(holder);
        }
      }
    }
  };
  for (const [place, id] of way.entries()) {
    if (farthest <= place) points.push(id);
    climb(id);
  }
  return points;
}

/** The nodes that steps from some nodes lead to, without entering excluded ones. */
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
