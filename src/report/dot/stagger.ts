import type { Subgraph } from '../../collect/picture/subgraph.js';

/** The number of boxes that can be read side by side; more of them are put into several rows. */
const MOST_IN_A_ROW = 10;

/**
 * The number of ranks that an edge spans, by its position in `edges`; absent for 1. Boxes at the
 * same distance from a target are drawn side by side. If there are many, the neighbours of each
 * node are placed below each other, in about as many rows as a row then has boxes. In one row they
 * would make a strip that no screen can show.
 */
export function staggeredLengths({
  command,
  nodes,
  edges,
}: Pick<Subgraph, 'command' | 'nodes' | 'edges'>): ReadonlyMap<number, number> {
  const depths = new Map(nodes.map(({ id, depth }) => [id, depth]));
  const levels = new Map<number, number>();
  for (const { depth } of nodes) levels.set(depth, (levels.get(depth) ?? 0) + 1);
  const places = new Map<string, Map<string, number>>();
  const lengths = new Map<number, number>();
  for (const [index, { from, to }] of edges.entries()) {
    const [near, far] = command === 'refs' ? [from, to] : [to, from];
    const depth = depths.get(far) ?? 0;
    const count = levels.get(depth) ?? 0;
    if (count <= MOST_IN_A_ROW || depth !== (depths.get(near) ?? 0) + 1) continue;
    const beside = places.get(near) ?? new Map<string, number>();
    places.set(near, beside);
    const place = beside.get(far) ?? beside.size;
    beside.set(far, place);
    const length = 1 + (place % Math.ceil(Math.sqrt(count)));
    if (length > 1) lengths.set(index, length);
  }
  return lengths;
}
