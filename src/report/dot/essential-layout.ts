import type { Subgraph, SubgraphNode } from '../../collect/picture/subgraph.js';
import { groupBy, highest } from '../../util/many.js';
import { nodeLines } from './dot-labels.js';
import type { TextMeasure } from './font-metrics.js';

/** The distance of two boxes side by side, including the margin around their text, in points. */
const BETWEEN = 48;
/** The average width of a character of the text at the foot, in points. */
const CHARACTER = 5.1;

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

/** The number of characters at the foot that are about as wide as the picture above. */
export function columnsOfFoot(subgraph: Subgraph, measure: TextMeasure, size: number): number {
  if (subgraph.left === undefined) return 0;
  const levels = groupBy(subgraph.nodes, ({ depth }) => depth);
  const widths = Array.from(levels.values(), (level) =>
    level.reduce((sum, node) => sum + measure.textPoints(nodeLines(node), size) + BETWEEN, 0),
  );
  return Math.floor(highest(widths, 0) / CHARACTER);
}
