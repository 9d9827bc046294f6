import type { Subgraph, SubgraphEdge } from '../collect/picture/subgraph.js';

/**
 * The next references on the paths from a node up to a root and down to a target, as positions in
 * `edges`.
 */
export interface RetainingStep {
  readonly up: number | null;
  readonly down: number | null;
}

type Side = 'from' | 'to';

/**
 * For every node, the first reference of a shortest path to a root, and to a target; following them
 * always leads to an end. If no root is reached, the path ends at the box that stands for the
 * omitted holders.
 */
export function retainingSteps({ nodes, edges, targets }: Subgraph): Map<string, RetainingStep> {
  const idsOf = (role: string) => nodes.filter((node) => node.role === role).map(({ id }) => id);
  const up = new Map<string, number | null>();
  spread(up, idsOf('root'), strongEdges(edges, 'from', 'to'));
  spread(up, idsOf('more'), strongEdges(edges, 'from', 'to'));
  const down = new Map<string, number | null>();
  spread(down, targets, strongEdges(edges, 'to', 'from'));
  return new Map(
    nodes.map(({ id }) => [id, { up: up.get(id) ?? null, down: down.get(id) ?? null }]),
  );
}

interface Step {
  readonly edge: number;
  readonly to: string;
}

/** Strong edges by the node at which a step starts; a weak reference keeps nothing alive. */
function strongEdges(edges: readonly SubgraphEdge[], start: Side, end: Side): Map<string, Step[]> {
  const steps = new Map<string, Step[]>();
  for (const [index, edge] of edges.entries()) {
    if (edge.weak) continue;
    const step = { edge: index, to: edge[end] };
    const list = steps.get(edge[start]);
    if (list) list.push(step);
    else steps.set(edge[start], [step]);
  }
  return steps;
}

/**
 * Breadth-first search from the ends of the paths: each node gets the edge by which it was reached
 * first.
 */
function spread(
  reached: Map<string, number | null>,
  starts: readonly string[],
  steps: ReadonlyMap<string, readonly Step[]>,
): void {
  const queue = starts.filter((id) => !reached.has(id));
  for (const id of queue) reached.set(id, null);
  for (const id of queue) {
    for (const { edge, to } of steps.get(id) ?? []) {
      if (reached.has(to)) continue;
      reached.set(to, edge);
      queue.push(to);
    }
  }
}
