import type { Subgraph, SubgraphEdge, SubgraphNode } from '../../src/collect/picture/subgraph.js';
import { isRootNode } from '../../src/engine/describe-node.js';
import type { HeapView } from '../../src/engine/heap-view.js';
import type { Holder } from '../../src/engine/references/holder.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import type { CollectOptions } from '../../src/question/walk-options.js';

/** A subgraph with its question, and its edges by both ends. */
export interface Answer {
  readonly view: HeapView;
  readonly targets: readonly NodeOrdinal[];
  readonly options: CollectOptions;
  readonly subgraph: Subgraph;
  readonly nodes: ReadonlyMap<string, SubgraphNode>;
  readonly into: ReadonlyMap<string, readonly SubgraphEdge[]>;
  readonly outOf: ReadonlyMap<string, readonly SubgraphEdge[]>;
}

export function toAnswer(
  view: HeapView,
  targets: readonly NodeOrdinal[],
  options: CollectOptions,
  subgraph: Subgraph,
): Answer {
  const into = new Map<string, SubgraphEdge[]>();
  const outOf = new Map<string, SubgraphEdge[]>();
  for (const edge of subgraph.edges) {
    into.set(edge.to, [...(into.get(edge.to) ?? []), edge]);
    outOf.set(edge.from, [...(outOf.get(edge.from) ?? []), edge]);
  }
  const nodes = new Map(subgraph.nodes.map((node) => [node.id, node]));
  return { view, targets, options, subgraph, nodes, into, outOf };
}

export function drawnNodes({ subgraph }: Answer): readonly SubgraphNode[] {
  return subgraph.nodes.filter(({ role }) => role !== 'more');
}

export function heapNodes(answer: Answer): readonly SubgraphNode[] {
  return drawnNodes(answer).filter(({ id }) => id.startsWith('@'));
}

export function holdersDrawn({ into }: Answer, id: string): readonly string[] {
  return (into.get(id) ?? []).filter(({ type }) => type !== 'more').map(({ from }) => from);
}

/** True for a root; a target is one, too, if it keeps itself alive, such as globalThis. */
export function isRoot({ view }: Answer, { id, role }: SubgraphNode): boolean {
  if (role !== 'target') return role === 'root';
  return isRootNode(view, ordinalOf(view, id));
}

/** The graph searches for an id from the start, which is too slow for millions of questions. */
const ordinals = new WeakMap<HeapView, ReadonlyMap<string, NodeOrdinal>>();

export function ordinalOf(view: HeapView, id: string): NodeOrdinal {
  const known = ordinals.get(view) ?? ordinalsById(view);
  ordinals.set(view, known);
  const node = known.get(id);
  if (node === undefined) throw new Error(`there is no ${id} in the heap`);
  return node;
}

function ordinalsById({ graph }: HeapView): ReadonlyMap<string, NodeOrdinal> {
  const nodes = Array.from({ length: graph.nodeCount }, (_, node) => node as NodeOrdinal);
  return new Map(nodes.map((node) => [`@${graph.idOf(node)}`, node]));
}

export function idOf({ graph }: HeapView, from: Holder['from']): string {
  return 'frame' in from ? `frame:${from.frame}` : `@${graph.idOf(from.node)}`;
}

export function nameOf({ graph }: HeapView, node: NodeOrdinal): string {
  return `${graph.nameOf(node).slice(0, 40) || graph.typeNameOf(node)} @${graph.idOf(node)}`;
}

export function brief(options: CollectOptions): string {
  const { depth, fanIn, maxNodes } = options;
  const flags = (['toRoots', 'weak', 'internals', 'retained'] as const).filter((f) => options[f]);
  return [`depth ${depth} fan-in ${fanIn} max-nodes ${maxNodes}`, ...flags].join(' ');
}
