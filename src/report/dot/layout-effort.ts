import type { Subgraph } from '../../collect/picture/subgraph.js';

/** Graph attributes that bound the work of Graphviz; none for small graphs. */
export type LayoutEffort = Readonly<Record<string, string>>;

/*
 * Density decides, not the number of nodes: with curved edges and no limits 200 nodes took 3 s at
 * 377 edges and 0.12 s at 231, 300 nodes with 624 edges more than 25 s. Straight edges may run
 * behind a box, so small graphs do not have them.
 */
const CAREFUL: LayoutEffort = {};
const LIMITED: LayoutEffort = { nslimit: '2', nslimit1: '2', mclimit: '0.5', splines: 'line' };
const FAST: LayoutEffort = { nslimit: '0.1', nslimit1: '0.1', mclimit: '0.1', splines: 'line' };

/** Attributes that limit the layout of a graph of this size. */
export function layoutEffort({ nodes, edges }: Subgraph): LayoutEffort {
  if (nodes.length > 500 || edges.length > 700) return FAST;
  return nodes.length > 150 || edges.length > 200 ? LIMITED : CAREFUL;
}
