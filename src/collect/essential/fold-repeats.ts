import type { Spelling } from '../../util/sentence.js';
import { labelOf } from '../../words/labels.js';
import { shapeOf } from '../../words/shapes.js';
import type { HoldingStep, SubgraphEdge, SubgraphNode } from '../picture/subgraph.js';
import { foldedBox, lineTo, summaryOf } from './folded-box.js';
import type { Picture } from './picture-links.js';
import { findRuns, type Run, replaced } from './straight-runs.js';

/** With fewer rounds than this, all are drawn … */
const LEAST_ROUNDS = 3;
/** … and also if the rounds have fewer objects than this in total. */
const LEAST_NODES = 7;
/** The longest round, in steps. */
const MOST_OF_ROUND = 12;

export interface RepeatOptions {
  readonly spelling: Spelling;
  readonly isProtected: (node: SubgraphNode) => boolean;
}

/** Draws the lowest round of a repeating chain, and one box for all others. */
export function foldRepeats<P extends Picture>(picture: P, options: RepeatOptions): P {
  const gone = new Set<string>();
  const nodes: SubgraphNode[] = [];
  const edges: SubgraphEdge[] = [];
  for (const run of findRuns(picture, options.isProtected)) {
    const stretch = longestStretch(run);
    if (stretch === null) continue;
    const { from, period, rounds } = stretch;
    // the lowest round is drawn
    const folded = run.nodes.slice(from, from + (rounds - 1) * period);
    for (const { id } of folded) gone.add(id);
    const [first, last] = [folded[0], folded.at(-1)] as [SubgraphNode, SubgraphNode];
    const round = run.nodes.slice(from, from + period).map((node, i) => {
      return stepOf(node, (run.steps[from + i + 1] as readonly SubgraphEdge[])[0] as SubgraphEdge);
    });
    const id = `repeats:${first.id}-${last.id}`;
    const omitted = { ...summaryOf(folded), times: rounds - 1, round };
    nodes.push(foldedBox({ id, reason: 'repeats', spelling: options.spelling }, omitted));
    const above = run.nodes[from - 1]?.id ?? run.above;
    const below = run.nodes[from + folded.length]?.id ?? run.below;
    for (const edge of run.steps[from] ?? []) edges.push({ ...edge, from: above, to: id });
    edges.push(lineTo(id, below));
  }
  return replaced(picture, gone, { nodes, edges });
}

/** A sequence of rounds with the same steps. */
interface Stretch {
  /** The index of its first node. */
  readonly from: number;
  readonly period: number;
  readonly rounds: number;
}

/** The stretch with the most nodes; if equal, the one with the shortest round. */
function longestStretch({ nodes, steps }: Run): Stretch | null {
  const keys = nodes.map((node, i) => keyOf(node, steps[i + 1] ?? []));
  let best: Stretch | null = null;
  for (let period = 1; period <= MOST_OF_ROUND; period++) {
    let same = 0;
    for (let i = period; i <= keys.length; i++) {
      if (i < keys.length && keys[i] === keys[i - period]) {
        same += 1;
        continue;
      }
      const rounds = Math.floor((same + period) / period);
      const from = i - same - period;
      if (
        rounds >= LEAST_ROUNDS &&
        rounds * period >= LEAST_NODES &&
        rounds * period > (best === null ? 0 : best.rounds * best.period)
      ) {
        best = { from, period, rounds };
      }
      same = 0;
    }
  }
  return best;
}

/** The name of a node and how it holds the next one. */
function keyOf({ name, type }: SubgraphNode, leaving: readonly SubgraphEdge[]): string {
  const labels = leaving.map(({ means, label }) =>
    means === undefined ? label : labelOf(shapeOf(means)),
  );
  return JSON.stringify([type, name, labels.sort()]);
}

function stepOf(node: SubgraphNode, edge: SubgraphEdge): HoldingStep {
  const { name, type: nodeType, is } = node;
  const { type: edgeType, means, label } = edge;
  const shape = means && shapeOf(means);
  return {
    name,
    nodeType,
    label: shape === undefined ? label : labelOf(shape),
    edgeType,
    ...(is && { is }),
    ...(shape && { means: shape }),
  };
}
