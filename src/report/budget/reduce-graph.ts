import type {
  LeftCounts,
  Omitted,
  Subgraph,
  SubgraphEdge,
  SubgraphNode,
} from '../../collect/picture/subgraph.js';
import { nodeName, omittedLabel } from '../../words/node-labels.js';
import type { RankedNodes } from './rank-nodes.js';

const NO_REFERENCE = { type: 'more', name: '', label: '', weak: false } as const;
const MOST_CLASSES = 3;
const MOST_MEMBERS = 3;

/**
 * The picture with its most important nodes only. What is left out beside a node, or in the middle of a way,
 * is counted in a separate node; the sums are in `budget`. With as many as there are, only long lists go;
 * with more, nothing.
 */
export function reduceGraph(full: Subgraph, { order, ways }: RankedNodes, keep: number): Subgraph {
  if (keep > order.length) return full;
  const kept = new Set(order.slice(0, keep));
  const nodes = full.nodes.filter(({ id }) => kept.has(id)).map(shortLists);
  const edges = full.edges.filter(({ from, to }) => kept.has(from) && kept.has(to));
  const reduced: Reduced = { full, kept, byId: new Map(full.nodes.map((node) => [node.id, node])) };
  const gaps = ways.flatMap((way) => gapsIn(reduced, way));
  const inGaps = new Set(gaps.flatMap(({ ids }) => ids));
  const stubs = [...gaps, ...besides(reduced, inGaps)];
  const { patterns: _patterns, ...rest } = full;
  return {
    ...rest,
    nodes: [...nodes, ...stubs.map(({ node }) => node)],
    edges: [...edges, ...stubs.flatMap((stub) => stub.edges)],
    budget: leftBy(full, nodes, edges),
  };
}

/** Without long lists beside the counts. */
function shortLists(node: SubgraphNode): SubgraphNode {
  const { members, omitted } = node;
  return {
    ...node,
    ...(members && { members: members.slice(0, MOST_MEMBERS) }),
    omitted: omitted && { ...omitted, classes: omitted.classes.slice(0, MOST_CLASSES) },
  };
}

interface Reduced {
  readonly full: Subgraph;
  readonly kept: ReadonlySet<string>;
  readonly byId: ReadonlyMap<string, SubgraphNode>;
}

/** A node that stands for others that are left out. */
interface Stub {
  readonly ids: readonly string[];
  readonly node: SubgraphNode;
  readonly edges: readonly SubgraphEdge[];
}

/** The middle of a way, of which both ends are kept. */
function gapsIn(reduced: Reduced, way: readonly string[]): readonly Stub[] {
  const stubs: Stub[] = [];
  let below: string | undefined;
  let left: string[] = [];
  for (const id of way) {
    if (!reduced.kept.has(id)) {
      left.push(id);
      continue;
    }
    if (below !== undefined && left.length > 0) {
      const node = stubOf(reduced, { id: `budget:${below}-${id}`, near: below, left });
      const edges = [
        { ...NO_REFERENCE, from: node.id, to: below },
        { ...NO_REFERENCE, from: id, to: node.id },
      ];
      stubs.push({ ids: left, node, edges });
    }
    below = id;
    left = [];
  }
  return stubs;
}

/** Neighbours of kept nodes, farther from the targets. */
function besides(reduced: Reduced, inGaps: ReadonlySet<string>): readonly Stub[] {
  const { full, kept } = reduced;
  const isDown = full.command === 'refs';
  const left = new Map<string, Set<string>>();
  for (const { from, to } of full.edges) {
    const [near, far] = isDown ? [from, to] : [to, from];
    if (!kept.has(near) || kept.has(far) || inGaps.has(far)) continue;
    left.set(near, (left.get(near) ?? new Set()).add(far));
  }
  return [...left].map(([near, far]) => {
    const node = stubOf(reduced, { id: `budget:${near}`, near, left: [...far] });
    const ends = isDown ? { from: near, to: node.id } : { from: node.id, to: near };
    return { ids: [...far], node, edges: [{ ...NO_REFERENCE, ...ends }] };
  });
}

interface LeftNodes {
  readonly id: string;
  readonly near: string;
  readonly left: readonly string[];
}

function stubOf({ byId }: Reduced, { id, near, left }: LeftNodes): SubgraphNode {
  const omitted = sumOf(left.flatMap((one) => byId.get(one) ?? []));
  const is = { kind: 'omitted', reason: 'limit' } as const;
  return {
    id,
    type: 'more',
    name: nodeName(is),
    label: omittedLabel('limit', omitted),
    preview: '',
    location: null,
    shallowSize: null,
    retainedSize: null,
    distance: null,
    depth: (byId.get(near)?.depth ?? 0) + 1,
    role: 'more',
    omitted,
    is,
  };
}

/** How many objects there are, by class; what a limit cut off before is counted with them. */
function sumOf(nodes: readonly SubgraphNode[]): Omitted {
  const classes = new Map<string, number>();
  let count = 0;
  for (const { name, omitted, count: objects = 1 } of nodes) {
    count += omitted?.count ?? objects;
    for (const one of omitted?.classes ?? [{ name, count: objects }]) {
      classes.set(one.name, (classes.get(one.name) ?? 0) + one.count);
    }
  }
  const sorted = [...classes].map(([name, found]) => ({ name, count: found }));
  sorted.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return { count, classes: sorted.slice(0, MOST_CLASSES) };
}

function leftBy(
  full: Subgraph,
  nodes: readonly SubgraphNode[],
  edges: readonly SubgraphEdge[],
): LeftCounts {
  const drawn = (all: readonly SubgraphNode[]) => all.filter(({ role }) => role !== 'more');
  const boxes = new Set(drawn(full.nodes).map(({ id }) => id));
  const references = (all: readonly SubgraphEdge[]) =>
    all
      .filter(({ from, to }) => boxes.has(from) && boxes.has(to))
      .reduce((sum, { count = 1 }) => sum + count, 0);
  return {
    objects: boxes.size - drawn(nodes).length,
    references: references(full.edges) - references(edges),
  };
}
