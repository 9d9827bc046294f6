import { compareStackLast } from '../../words/stack-last.js';
import type { NodeRole, Subgraph, SubgraphEdge, SubgraphNode } from './subgraph.js';

type Parts = Pick<Subgraph, 'command' | 'nodes' | 'edges'>;

const ROLE_ORDER: readonly NodeRole[] = ['target', 'holder', 'root', 'more'];

/** Sorts nodes and edges in the order that `Subgraph` promises. */
export function arranged<S extends Parts>(subgraph: S): S {
  const nodes = subgraph.nodes.toSorted(compareNodes);
  return { ...subgraph, nodes, edges: sortedEdges({ ...subgraph, nodes }) };
}

/** Recounts the steps from the nearest target. */
export function withDepths<S extends Parts & Pick<Subgraph, 'targets'>>(subgraph: S): S {
  const isDown = subgraph.command === 'refs';
  const beyond = new Map<string, string[]>();
  for (const { from, to } of subgraph.edges) {
    const [near, far] = isDown ? [from, to] : [to, from];
    const list = beyond.get(near) ?? [];
    beyond.set(near, list);
    list.push(far);
  }
  const depths = new Map(subgraph.targets.map((id) => [id, 0]));
  // a Map can grow while it is iterated, so it serves as the queue
  for (const [id, depth] of depths) {
    for (const next of beyond.get(id) ?? []) if (!depths.has(next)) depths.set(next, depth + 1);
  }
  const nodes = subgraph.nodes.map((node) => {
    return { ...node, depth: depths.get(node.id) ?? node.depth };
  });
  return { ...subgraph, nodes };
}

function sortedEdges({ command, nodes, edges }: Parts): readonly SubgraphEdge[] {
  const isDown = command === 'refs';
  const position = new Map(nodes.map(({ id }, index) => [id, index]));
  const near = ({ from, to }: SubgraphEdge) => position.get(isDown ? from : to) ?? 0;
  const far = ({ from, to }: SubgraphEdge) => position.get(isDown ? to : from) ?? 0;
  return edges.toSorted(
    (a, b) =>
      near(a) - near(b) ||
      (b.count ?? 1) - (a.count ?? 1) ||
      far(a) - far(b) ||
      compareText(a.label, b.label),
  );
}

function compareNodes(a: SubgraphNode, b: SubgraphNode): number {
  return (
    a.depth - b.depth ||
    ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) ||
    compareStackLast(a, b) ||
    numberIn(a.id) - numberIn(b.id) ||
    compareText(a.id, b.id)
  );
}

function numberIn(id: string): number {
  return Number(/\d+/.exec(id)?.[0] ?? 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
