import type { Subgraph, SubgraphEdge, SubgraphNode } from '../picture/subgraph.js';

/** The parts of a picture that folding changes. */
export type Picture = Pick<Subgraph, 'targets' | 'nodes' | 'edges'>;

/** Who holds whom in a picture, by references that keep alive. */
export interface Links {
  readonly nodes: ReadonlyMap<string, SubgraphNode>;
  holdersOf(id: string): readonly string[];
  heldBy(id: string): readonly string[];
  /** True for a node that keeps itself alive, or at least has no holder in the picture. */
  isEnd(id: string): boolean;
}

const NONE: readonly string[] = [];

/**
 * Finds the links. Boxes for what a limit cut off are not part of a path, unless the path goes on
 * beyond them.
 */
export function linksOf({ nodes, edges }: Pick<Picture, 'nodes' | 'edges'>): Links {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stubs = stubsOf({ nodes, edges });
  const up = new Map<string, Set<string>>();
  const down = new Map<string, Set<string>>();
  for (const { from, to, weak } of edges) {
    if (weak || from === to || stubs.has(from) || stubs.has(to)) continue;
    addTo(up, to, from);
    addTo(down, from, to);
  }
  const listed = (links: ReadonlyMap<string, Set<string>>) =>
    new Map([...links].map(([id, others]) => [id, [...others]]));
  const [holders, held] = [listed(up), listed(down)];
  return {
    nodes: byId,
    holdersOf: (id) => holders.get(id) ?? NONE,
    heldBy: (id) => held.get(id) ?? NONE,
    isEnd: (id) => byId.get(id)?.role === 'root' || !holders.has(id),
  };
}

/** The boxes for what was cut off at a node. */
export function stubsOf({ nodes, edges }: Pick<Picture, 'nodes' | 'edges'>): ReadonlySet<string> {
  const held = new Set(edges.map(({ to }) => to));
  const holding = new Set(edges.map(({ from }) => from));
  const isStub = ({ id, role }: SubgraphNode) =>
    role === 'more' && !(held.has(id) && holding.has(id));
  return new Set(nodes.filter(isStub).map(({ id }) => id));
}

/** The number of boxes of objects; those for what is not drawn are not counted. */
export function boxCount({ nodes }: Pick<Picture, 'nodes'>): number {
  return nodes.filter(({ role }) => role !== 'more').length;
}

/** The number of objects that boxes stand for. */
export function objectsIn(nodes: Iterable<SubgraphNode>): number {
  let sum = 0;
  for (const { role, count = 1 } of nodes) if (role !== 'more') sum += count;
  return sum;
}

/** The number of references that arrows stand for, including those within a row of objects. */
export function referencesIn(edges: Iterable<SubgraphEdge>): number {
  let sum = 0;
  for (const { type, count = 1, through } of edges) {
    if (through !== undefined) sum += referencesIn(through.edges);
    else if (type !== 'more') sum += count;
  }
  return sum;
}

function addTo(links: Map<string, Set<string>>, id: string, other: string): void {
  const known = links.get(id) ?? new Set();
  links.set(id, known);
  known.add(other);
}
