import type { Links, Picture } from './picture-links.js';

/** The extra cost of a path that holds few of the objects drawn as one, in steps. */
const DETOUR = 2;

/**
 * The cost of a step between two nodes, by the number of objects that take it: a small whole
 * number.
 */
export type Cost = (holder: string, held: string) => number;

/**
 * The cost function: a step that holds less than half of the objects drawn as one counts as
 * several.
 */
export function costOf({ edges, nodes }: Pick<Picture, 'nodes' | 'edges'>): Cost {
  const counts = new Map(nodes.map(({ id, count = 1 }) => [id, count]));
  const held = new Map<string, number>();
  for (const { from, to, count = 1, weak } of edges) {
    if (!weak) held.set(`${from} ${to}`, Math.max(held.get(`${from} ${to}`) ?? 0, count));
  }
  return (holder, below) => {
    const share = (held.get(`${holder} ${below}`) ?? 0) / (counts.get(below) ?? 1);
    return share * 2 < 1 ? 1 + DETOUR : 1;
  };
}

export interface WaySearch {
  readonly cost: Cost;
  /** True if the path may lead through a node, or end at it. */
  readonly isOpen: (id: string) => boolean;
  readonly isEnd: (id: string) => boolean;
  /** True to ignore the direct step from the start to an end. */
  readonly skipsDirect?: boolean;
}

/** The cheapest path from a node up to an end, the node itself first; null when there is none. */
export function cheapestWay(links: Links, start: string, options: WaySearch): string[] | null {
  const { cost, isOpen, isEnd, skipsDirect = false } = options;
  const costs = new Map([[start, 0]]);
  const below = new Map<string, string>();
  const done = new Set<string>();
  // nodes by the cost of reaching them; if equal, the one found first
  const open = [[start]];
  for (let reached = 0; reached < open.length; reached++) {
    for (const at of open[reached] ?? []) {
      if (done.has(at) || costs.get(at) !== reached) continue;
      done.add(at);
      if (at !== start && isEnd(at)) return wayTo(at, below);
      for (const holder of links.holdersOf(at)) {
        if (!isOpen(holder) && !isEnd(holder)) continue;
        if (skipsDirect && at === start && isEnd(holder)) continue;
        const next = reached + cost(holder, at);
        if (done.has(holder) || next >= (costs.get(holder) ?? Number.POSITIVE_INFINITY)) continue;
        costs.set(holder, next);
        below.set(holder, at);
        while (open.length <= next) open.push([]);
        (open[next] as string[]).push(holder);
      }
    }
  }
  return null;
}

function wayTo(end: string, below: ReadonlyMap<string, string>): string[] {
  const way = [end];
  for (let at = below.get(end); at !== undefined; at = below.get(at)) way.push(at);
  return way.reverse();
}
