import type { HeapView } from '../../engine/heap-view.js';
import { groupBy, highest } from '../../util/many.js';
import { labelOf } from '../../words/labels.js';
import { openShapeOf } from '../../words/shapes.js';
import type { HoldingPattern, Share, Subgraph } from '../picture/subgraph.js';
import { type Drawn, type DrawnKey, idOf, nodesOf } from '../walk/drawing.js';
import type { Walked } from '../walk/walked.js';
import type { Survey } from './survey.js';

/**
 * The least number of objects, and half of those drawn as one: with fewer held by the same object,
 * it is not marked.
 */
const LEAST_HELD = 2;

interface Surveyed {
  readonly walk: Walked;
  readonly surveys: ReadonlyMap<DrawnKey, Survey>;
}

/**
 * Marks the arrows by which a single object holds half or more of the objects that are drawn as
 * one: someone who looks for a leak wants to see that object.
 */
export function markFunnels(view: HeapView, picture: Subgraph, surveyed: Surveyed): Subgraph {
  const shares = sharesOf(view, surveyed);
  if (shares.size === 0) return picture;
  const byHolder = new Map<string, Share>();
  const edges = picture.edges.map((edge) => {
    const holds = shares.get(`${edge.from} ${edge.to}`);
    if (holds === undefined || edge.weak) return edge;
    const known = byHolder.get(edge.from);
    if (known === undefined || known.count < holds.count) byHolder.set(edge.from, holds);
    return { ...edge, holds };
  });
  const nodes = picture.nodes.map((node) => {
    const holds = byHolder.get(node.id);
    return holds === undefined ? node : { ...node, holds };
  });
  const marked = { ...picture, nodes, edges };
  const { patterns } = picture;
  if (patterns === undefined) return marked;
  return { ...marked, patterns: patterns.map((pattern) => markStep(pattern, marked)) };
}

/** The step of a way at which one holds all that are held so, as its arrow says. */
function markStep(pattern: HoldingPattern, { nodes, edges }: Subgraph): HoldingPattern {
  const at = pattern.steps.findLastIndex(({ isOne }) => isOne === true);
  const step = pattern.steps[at];
  if (step === undefined || pattern.count === 1) return pattern;
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const labelOfStep = step.means === undefined ? step.label : labelOf(openShapeOf(step.means));
  const arrow = edges.find(({ from, holds, means, label }) => {
    if (holds === undefined || names.get(from) !== step.name) return false;
    return (means === undefined ? label : labelOf(openShapeOf(means))) === labelOfStep;
  });
  if (arrow?.holds === undefined) return pattern;
  return { ...pattern, steps: pattern.steps.with(at, { ...step, holds: arrow.holds }) };
}

function sharesOf(
  view: HeapView,
  { walk: { drawing, targets }, surveys }: Surveyed,
): ReadonlyMap<string, Share> {
  const asked = highest(
    targets.map((target) => nodesOf(target).length),
    0,
  );
  const least = Math.max(LEAST_HELD, asked / 2);
  const shares = new Map<string, Share>();
  const strong = drawing.edges.filter(({ reference }) => !reference.weak);
  const pairs = groupBy(strong, ({ from, to }) => `${from} ${to}`);
  for (const [pair] of pairs.values()) {
    if (pair === undefined) continue;
    const holder = drawing.nodes.get(pair.from) as Drawn;
    const held = drawing.nodes.get(pair.to) as Drawn;
    if ('alike' in holder || !('alike' in held)) continue;
    const of = nodesOf(held).length;
    const count = surveys.get(pair.to)?.links.get(pair.from)?.members ?? 0;
    if (count * 2 >= of && count >= least)
      shares.set(`${idOf(view, holder)} ${idOf(view, held)}`, { count, of });
  }
  return shares;
}
