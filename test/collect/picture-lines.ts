import type { Subgraph, SubgraphEdge, SubgraphNode } from '../../src/collect/picture/subgraph.js';

/**
 * A picture as sorted lines such as `globalThis -.cache-> Map`, the same for each capture of one
 * graph: ids are left out, and nodes with the same name are numbered by their shortest path from a
 * root.
 */
export function pictureLines(subgraph: Subgraph): readonly string[] {
  const names = distinctNames(subgraph);
  const lines = subgraph.edges.map(({ from, to, label, weak }) => {
    const arrow = weak ? `~${label}~>` : `-${label}->`;
    return withoutIds(`${names.get(from)} ${arrow} ${names.get(to)}`);
  });
  const held = new Set(subgraph.edges.flatMap(({ from, to }) => [from, to]));
  const alone = subgraph.nodes.filter(({ id }) => !held.has(id));
  return [
    ...lines.sort(byNumber),
    ...alone.map((node) => `${names.get(node.id)}: ${node.preview}`),
  ];
}

/** Each line once, however often two nodes refer to each other by equal names. */
function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function distinctNames({ nodes, edges }: Subgraph): ReadonlyMap<string, string> {
  const ways = waysFromRoots(nodes, edges);
  const wayOf = ({ id }: SubgraphNode) => ways.get(id) ?? '';
  const names = new Map<string, string>();
  for (const [name, alike] of groupByName(nodes)) {
    alike.sort((a, b) => compareWays(wayOf(a), wayOf(b)));
    for (const [index, { id }] of alike.entries()) {
      names.set(id, alike.length === 1 ? name : `${name} ${index + 1}`);
    }
  }
  return names;
}

function groupByName(nodes: readonly SubgraphNode[]): ReadonlyMap<string, SubgraphNode[]> {
  const groups = new Map<string, SubgraphNode[]>();
  for (const node of nodes) {
    const name = node.role === 'more' ? node.label : node.name;
    groups.set(name, [...(groups.get(name) ?? []), node]);
  }
  return groups;
}

/** The alphabetically first of the shortest paths from a root, as text, by node id. */
function waysFromRoots(
  nodes: readonly SubgraphNode[],
  edges: readonly SubgraphEdge[],
): ReadonlyMap<string, string> {
  const roots = nodes.filter(({ role }) => role === 'root' || role === 'more');
  const ways = new Map(roots.map(({ id, label }) => [id, label]));
  for (let level = ways; level.size > 0; ) {
    const next = new Map<string, string>();
    for (const { from, to, label } of edges) {
      if (!level.has(from) || ways.has(to)) continue;
      const way = `${level.get(from)} ${withoutIds(label)}`;
      if (compareWays(way, next.get(to) ?? `${way}~`) < 0) next.set(to, way);
    }
    for (const [id, way] of next) ways.set(id, way);
    level = next;
  }
  return ways;
}

function compareWays(a: string, b: string): number {
  const steps = a.split(' ').length - b.split(' ').length;
  return steps || (a < b ? -1 : a > b ? 1 : 0);
}

function withoutIds(text: string): string {
  return text.replace(/ @\d+/g, '');
}
