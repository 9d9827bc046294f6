import { groupBy } from '../../util/many.js';
import type { SubgraphEdge, SubgraphNode } from '../picture/subgraph.js';
import type { Picture } from './picture-links.js';

/**
 * Nodes in a row, each held only by the one before it and holding only the next, from the top down.
 */
export interface Run {
  /** The node that holds the first; the last one may hold it, too. */
  readonly above: string;
  readonly nodes: readonly SubgraphNode[];
  readonly below: string;
  /** References between two in a row, from the top down: one list more than there are nodes. */
  readonly steps: readonly (readonly SubgraphEdge[])[];
}

/** All rows of nodes that may be drawn in another way, each as long as possible. */
export function findRuns(
  picture: Picture,
  isProtected: (node: SubgraphNode) => boolean,
): readonly Run[] {
  const into = groupBy(picture.edges, ({ to }) => to);
  const outOf = groupBy(picture.edges, ({ from }) => from);
  const targets = new Set(picture.targets);
  const isPlain = (edge: SubgraphEdge) =>
    edge.type !== 'more' && !edge.weak && edge.from !== edge.to && edge.holds === undefined;
  const inner = new Map<string, { readonly node: SubgraphNode; above: string; below: string }>();
  for (const node of picture.nodes) {
    const [entering = [], leaving = []] = [into.get(node.id), outOf.get(node.id)];
    const above = new Set(entering.map(({ from }) => from));
    const below = new Set(leaving.map(({ to }) => to));
    const isInner = node.role === 'holder' && !targets.has(node.id) && !isProtected(node);
    const isAlone =
      above.size === 1 && below.size === 1 && [...entering, ...leaving].every(isPlain);
    if (!isInner || !isAlone || node.holds !== undefined) continue;
    inner.set(node.id, { node, above: [...above][0] as string, below: [...below][0] as string });
  }
  const runs: Run[] = [];
  for (const first of inner.values()) {
    const isFirst = !inner.has(first.above);
    if (!isFirst) continue;
    const nodes = [first.node];
    let last = first;
    for (let next = inner.get(last.below); next !== undefined; next = inner.get(next.below)) {
      nodes.push(next.node);
      last = next;
    }
    const ids = [first.above, ...nodes.map(({ id }) => id), last.below];
    const steps = ids.slice(1).map((id, index) => {
      return (into.get(id) ?? []).filter(({ from }) => from === ids[index]);
    });
    runs.push({ above: first.above, nodes, below: last.below, steps });
  }
  return runs;
}

/** A picture in which some nodes, with all arrows to and from them, are replaced by others. */
export function replaced<P extends Picture>(
  picture: P,
  gone: ReadonlySet<string>,
  added: { readonly nodes: readonly SubgraphNode[]; readonly edges: readonly SubgraphEdge[] },
): P {
  const nodes = picture.nodes.filter(({ id }) => !gone.has(id));
  const edges = picture.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to));
  return { ...picture, nodes: [...nodes, ...added.nodes], edges: [...edges, ...added.edges] };
}
