import type { Subgraph, SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import { groupBy, highest } from '../../util/many.js';
import { edgeLines, nodeLines } from './dot-labels.js';
import type { TextMeasure } from './font-metrics.js';

/** Points of a box beside its text. */
const AROUND_TEXT = 24;
/** Points between two boxes side by side. */
const BETWEEN = 26;
/** Points around a label beside an arrow. */
const AROUND_LABEL = 14;

/** Of the text of boxes and of labels. */
export interface FontSizes {
  readonly node: number;
  readonly edge: number;
}

/**
 * About how many points wide Graphviz will make a picture in which one way stands straight in a column: what is
 * beside it in the widest row, and the labels. Null for other pictures. Rather too little than too much: text at
 * the foot must not make the picture wider.
 */
export function pictureWidth(
  { left: leftOut, nodes, edges }: Subgraph,
  measure: TextMeasure,
  sizes: FontSizes,
): number | null {
  if (leftOut === undefined) return null;
  const widthOf = (node: SubgraphNode) =>
    measure.textPoints(nodeLines(node), sizes.node) + AROUND_TEXT;
  const labelWidth = (edge: SubgraphEdge) =>
    edge.label === '' ? 0 : measure.textPoints(edgeLines(edge), sizes.edge) + AROUND_LABEL;
  const ranks = ranksOf(nodes, edges);
  const sides = [...groupBy(nodes, ({ id }) => ranks.get(id) ?? 0).values()].map((row) =>
    sidesOf(row, widthOf),
  );
  const widths = new Map(nodes.map((node) => [node.id, widthOf(node)]));
  const besideArrows = [...groupBy(edges, ({ from, to }) => `${from} ${to}`).values()].map(
    (pair) => {
      const [{ from, to }] = pair as [SubgraphEdge];
      const labels = pair.reduce((sum, edge) => sum + labelWidth(edge), 0);
      return from === to ? (widths.get(from) ?? 0) / 2 + BETWEEN + labels : labels;
    },
  );
  const left = highest(sides.map((side) => side.left));
  return left + Math.max(highest(sides.map((side) => side.right)), highest(besideArrows, 0));
}

/** How far a row of boxes reaches to both sides of the column, in which its widest box is. */
function sidesOf(
  row: readonly SubgraphNode[],
  widthOf: (node: SubgraphNode) => number,
): { readonly left: number; readonly right: number } {
  const sorted = row.toSorted((a, b) => widthOf(b) - widthOf(a));
  const middle = sorted.find(({ role }) => role !== 'more');
  const half = middle === undefined ? 0 : widthOf(middle) / 2;
  const sides = { left: half, right: half };
  for (const [index, node] of sorted.filter((one) => one !== middle).entries()) {
    sides[index % 2 === 0 ? 'left' : 'right'] += BETWEEN + widthOf(node);
  }
  return sides;
}

/** Rows from the top: each node below all that holds it, but for references that lead back. */
function ranksOf(
  nodes: readonly SubgraphNode[],
  edges: readonly SubgraphEdge[],
): ReadonlyMap<string, number> {
  const ranks = new Map(nodes.map(({ id }) => [id, 0]));
  const depths = new Map(nodes.map(({ id, depth }) => [id, depth]));
  const isDown = ({ from, to }: SubgraphEdge) =>
    (depths.get(from) ?? 0) > (depths.get(to) ?? 0) || isBox(from) || isBox(to);
  const isBox = (id: string) => /^(between|repeats):/.test(id);
  const down = edges.filter((edge) => edge.from !== edge.to && isDown(edge));
  // as often as there may be rows: references that lead around could go on forever
  for (let round = 0, isChanged = true; isChanged && round < nodes.length; round++) {
    isChanged = false;
    for (const { from, to } of down) {
      const rank = (ranks.get(from) ?? 0) + 1;
      if (rank <= (ranks.get(to) ?? 0)) continue;
      ranks.set(to, rank);
      isChanged = true;
    }
  }
  return ranks;
}
