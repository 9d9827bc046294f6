import type { Subgraph, SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import type { HeapFacts } from '../../engine/heap-facts.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { parseTarget } from '../../question/target.js';
import { walkDefaults } from '../../question/walk-options.js';
import type { Redactor } from '../../redact/redactor.js';
import type { LocatedHeap } from '../heap.js';

/** The heap of the last moment, in which suspects are looked at. */
export interface SuspectHeap {
  readonly heap: LocatedHeap;
  readonly facts: HeapFacts;
  readonly redactor: Redactor;
}

/** The shortest way from a root to an object. */
export function chainTo(at: SuspectHeap, node: NodeOrdinal): Subgraph {
  return askFor(at, node, { command: 'chain' });
}

/** The objects that an object holds, near it. */
export function heldBelow(at: SuspectHeap, node: NodeOrdinal, depth: number): Subgraph {
  return askFor(at, node, { command: 'refs', depth });
}

function askFor(
  { heap, facts, redactor: { mode: redact, longest } }: SuspectHeap,
  node: NodeOrdinal,
  { command, depth }: { readonly command: 'chain' | 'refs'; readonly depth?: number },
): Subgraph {
  const walk = walkDefaults(command);
  const { subgraph } = heap.ask({
    command,
    targets: [parseTarget(`@${facts.graph.idOf(node)}`)],
    choice: { nth: null, largest: false, all: false, redact },
    walk: {
      ...walk,
      ...{ depth: depth ?? walk.depth, everything: true, redact, longest, spelling: 'flags' },
    },
    cut: [],
    spelling: 'flags',
  });
  return subgraph;
}

/** The nodes of a chain from its target up to the root. */
export function wayUp(subgraph: Subgraph, target: string | undefined): readonly SubgraphNode[] {
  const way: SubgraphNode[] = [];
  let node = nodeOf(subgraph, target);
  while (node !== undefined && !way.includes(node)) {
    way.push(node);
    node = nodeOf(subgraph, edgeInto(subgraph, node.id)?.from);
  }
  return way;
}

export function edgeInto(
  { edges }: Subgraph,
  target: string | undefined,
): SubgraphEdge | undefined {
  return edges.find(({ to, weak }) => to === target && !weak);
}

export function nodeOf({ nodes }: Subgraph, wanted: string | undefined): SubgraphNode | undefined {
  return nodes.find(({ id }) => id === wanted);
}

/** A place without folders and column. */
export function shortened(place: string): string {
  return place.slice(place.lastIndexOf('/') + 1).replace(/(:\d+):\d+$/, '$1');
}
