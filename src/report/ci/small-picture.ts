import type { Subgraph, SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';

/** Nodes at the end of a way that is shortened: the root, and what it holds. */
const TAIL = 3;
const BETWEEN = 'more:between';

/**
 * A picture of no more boxes than `most`: the shortest way from the first target to a root, then what is
 * nearest to the targets. A way that is too long for that has one box for its middle.
 */
export function smallPicture(picture: Subgraph, most: number): Subgraph {
  if (picture.nodes.length <= most) return picture;
  const way = shortestWay(picture);
  const isLong = way.length > most;
  const head = isLong ? way.slice(0, most - TAIL - 1) : way;
  const tail = isLong ? way.slice(-TAIL) : [];
  const kept = new Set([...head, ...tail]);
  if (!isLong) addNearest(picture, kept, most);
  const between = isLong ? betweenOf(way.length - head.length - tail.length) : null;
  const nodes = picture.nodes.filter(({ id }) => kept.has(id));
  const edges = picture.edges.filter(({ from, to }) => kept.has(from) && kept.has(to));
  if (between === null) return { ...picture, nodes, edges };
  const [above = '', below = ''] = [tail[0], head.at(-1)];
  return {
    ...picture,
    nodes: [...nodes, between],
    edges: [...edges, edgeOf(above, BETWEEN), edgeOf(BETWEEN, below)],
  };
}

/** Nodes come sorted by depth: each one that is added is beside one that is there. */
function addNearest({ nodes, edges }: Subgraph, kept: Set<string>, most: number): void {
  for (const { id } of nodes) {
    if (kept.size >= most) return;
    const isBeside = edges.some(({ from, to }) => {
      return (from === id && kept.has(to)) || (to === id && kept.has(from));
    });
    if (isBeside) kept.add(id);
  }
}

/** From the first target up to the nearest root, or to its end. */
function shortestWay({ targets, nodes, edges }: Subgraph): readonly string[] {
  const [target = ''] = targets;
  const roots = new Set(nodes.filter(({ role }) => role === 'root').map(({ id }) => id));
  const above = new Map<string, string[]>();
  for (const { from, to, weak } of edges) {
    if (!weak) above.set(to, [...(above.get(to) ?? []), from]);
  }
  const below = new Map<string, string | null>([[target, null]]);
  let last = target;
  // a Map keeps insertion order and may grow while it is read: it is the queue
  for (const id of below.keys()) {
    last = id;
    if (roots.has(id)) break;
    for (const holder of above.get(id) ?? []) if (!below.has(holder)) below.set(holder, id);
  }
  const way: string[] = [];
  for (let at: string | null = last; at !== null; at = below.get(at) ?? null) way.unshift(at);
  return way;
}

function betweenOf(count: number): SubgraphNode {
  return {
    ...{ id: BETWEEN, type: 'more', name: `${count} more`, label: `${count} more`, preview: '' },
    ...{ location: null, shallowSize: null, retainedSize: null, distance: null, depth: 0 },
    ...{ role: 'more', omitted: { count, classes: [] } },
  };
}

function edgeOf(from: string, to: string): SubgraphEdge {
  return { from, to, type: 'property', name: '', label: '', weak: false };
}
