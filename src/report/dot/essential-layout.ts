import type { Subgraph, SubgraphNode } from '../../collect/picture/subgraph.js';

/**
 * Positions in `edges` of the path that each target's sentence describes: it is drawn straight, in
 * one column.
 */
export function toldColumn(subgraph: Subgraph): ReadonlySet<number> {
  const told = new Set<number>();
  // a picture that leaves nothing out keeps its usual layout
  if (subgraph.left === undefined) return told;
  const steps = cheapestSteps(subgraph);
  for (const target of subgraph.targets) {
    for (let at: string | undefined = target; at !== undefined; ) {
      const edge: number | undefined = steps.get(at);
      if (edge === undefined || told.has(edge)) break;
      told.add(edge);
      at = subgraph.edges[edge]?.from;
    }
  }
  return told;
}

/**
 * For each node the first reference of a path up to a root that holds as many objects as possible.
 */
function cheapestSteps({ nodes, edges }: Subgraph): ReadonlyMap<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const costs = new Map(nodes.filter(({ role }) => role === 'root').map(({ id }) => [id, 0]));
  const steps = new Map<string, number>();
  // a picture has few nodes: repeat until no cost decreases
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [index, { from, to, weak, type, count = 1 }] of edges.entries()) {
      const above = costs.get(from);
      if (above === undefined || weak || type === 'more' || from === to) continue;
      const share = Math.min(1, count / (byId.get(to)?.count ?? 1));
      const cost = above + 2 - share;
      if (cost >= (costs.get(to) ?? Number.POSITIVE_INFINITY) || byId.get(to)?.role === 'root')
        continue;
      costs.set(to, cost);
      steps.set(to, index);
      isChanged = true;
    }
  }
  return steps;
}

/**
 * Pairs of a target and the box for what lives only through it, which is drawn beside it: nothing
 * is drawn below targets.
 */
export function besideTargets({ nodes, edges }: Subgraph): readonly (readonly string[])[] {
  const own = new Set(nodes.filter(isOwn).map(({ id }) => id));
  return edges.filter(({ to }) => own.has(to)).map(({ from, to }) => [from, to]);
}

function isOwn({ is }: SubgraphNode): boolean {
  return is?.kind === 'omitted' && is.reason === 'own';
}
