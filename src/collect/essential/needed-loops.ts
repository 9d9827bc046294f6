import { groupBy } from '../../util/many.js';
import type { SubgraphEdge } from '../picture/subgraph.js';
import type { Links, Picture } from './picture-links.js';
import type { Section } from './sections.js';
import { cheapestWay } from './told-way.js';

/**
 * Loops in which objects of a list hold each other: their nodes, and their references as `from to`.
 */
export interface Loops {
  readonly nodes: ReadonlySet<string>;
  readonly pairs: ReadonlySet<string>;
}

const MOST_LOOPS = 2;

/**
 * Finds the loops that must be drawn. If a node on all paths stands for a list whose objects,
 * except the first, are held by the next, they live by the path back to the node. For any other
 * node, a path back means nothing.
 */
export function neededLoops({ edges }: Picture, links: Links, sections: readonly Section[]): Loops {
  const nodes = new Set<string>();
  const pairs = new Set<string>();
  const entering = groupBy(edges, ({ to }) => to);
  for (const { lower, upper, between } of sections) {
    const count = links.nodes.get(lower)?.count ?? 1;
    if (count === 1) continue;
    const all = entering.get(lower) ?? [];
    const into = all.filter(({ weak, type }) => !weak && type !== 'more');
    const isForward = ({ from }: SubgraphEdge) =>
      from === lower || from === upper || between.has(from);
    let covered = sum(into.filter(isForward));
    const back = [...new Set(into.filter((edge) => !isForward(edge)).map(({ from }) => from))];
    const countOf = (from: string) => sum(into.filter((edge) => edge.from === from));
    back.sort((a, b) => countOf(b) - countOf(a));
    for (const last of back.slice(0, MOST_LOOPS)) {
      if (covered >= count) break;
      const way = cheapestWay(links, last, {
        cost: () => 1,
        isOpen: (id) => id !== upper,
        isEnd: (id) => id === lower,
      });
      if (way === null) continue;
      covered += countOf(last);
      for (const id of way) nodes.add(id);
      pairs.add(`${last} ${lower}`);
      for (const [index, holder] of way.slice(1).entries()) pairs.add(`${holder} ${way[index]}`);
    }
  }
  return { nodes, pairs };
}

function sum(edges: readonly SubgraphEdge[]): number {
  return edges.reduce((total, { count = 1 }) => total + count, 0);
}
