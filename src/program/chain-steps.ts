import type { Subgraph, SubgraphEdge, SubgraphNode } from '../collect/picture/subgraph.js';
import { retainingSteps } from '../report/retaining-steps.js';

/** One object on a way from a root to a target. */
export interface ChainStep {
  readonly node: SubgraphNode;
  /** The reference by which it holds the next one; null for the target. */
  readonly edge: SubgraphEdge | null;
}

/** The path from a root to the first target, the root first; empty when there is no such path. */
export function toChain(subgraph: Subgraph): readonly ChainStep[] {
  const nodes = new Map(subgraph.nodes.map((node) => [node.id, node]));
  const steps = retainingSteps(subgraph);
  const chain: ChainStep[] = [];
  let node = nodes.get(subgraph.targets[0] ?? '');
  let edge: SubgraphEdge | null = null;
  while (node !== undefined) {
    chain.unshift({ node, edge });
    const up = steps.get(node.id)?.up ?? null;
    edge = up === null ? null : (subgraph.edges[up] ?? null);
    node = edge === null ? undefined : nodes.get(edge.from);
  }
  return chain[0]?.node.role === 'root' ? chain : [];
}
