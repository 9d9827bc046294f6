import { describeFrame, describeNode, type NodeFacts } from '../../engine/describe-node.js';
import type { Frame } from '../../engine/frames.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { Holder } from '../../engine/references/holder.js';
import { labelOf } from '../../words/labels.js';
import { nodeName } from '../../words/node-labels.js';
import { openShapeOf, shapeOf } from '../../words/shapes.js';
import { nodesOf } from '../walk/drawing.js';
import { type EndKey, endKey, type Neighbour } from '../walk/neighbour.js';
import type { ObjectWalk } from '../walk/walk-objects.js';
import type { HoldingPattern, HoldingStep } from './subgraph.js';

type Way = readonly Neighbour[];

/** An object that holds by more properties than this is used as a table: their names are its keys. */
const MOST_PROPERTIES = 4;

/**
 * How the objects of targets that are drawn as one are held: each object's way to a root in words that
 * objects held alike have in common, counted. Most common first.
 */
export function findHoldingPatterns(view: HeapView, walk: ObjectWalk): readonly HoldingPattern[] {
  return walk.targets.flatMap((target) => {
    const [first] = nodesOf(target);
    if (!('alike' in target) || first === undefined) return [];
    const ways = target.alike.map((node) => walk.ways.wayFrom(node) ?? []);
    const tables = findTables(ways);
    const counts = new Map<string, { count: number; steps: readonly HoldingStep[] }>();
    for (const way of ways) {
      const steps = stepsOf(view, way, tables);
      const key = JSON.stringify(steps.map(({ name, label }) => [name, label]));
      const known = counts.get(key) ?? { count: 0, steps };
      counts.set(key, { ...known, count: known.count + 1 });
    }
    const id = `many:@${view.graph.idOf(first)}`;
    return [...counts.values()]
      .sort((a, b) => b.count - a.count || a.steps.length - b.steps.length)
      .map((pattern) => ({ target: id, ...pattern }));
  });
}

function findTables(ways: readonly Way[]): ReadonlySet<EndKey> {
  const labels = new Map<EndKey, Set<string>>();
  for (const neighbour of ways.flat()) {
    const key = endKey(neighbour.end);
    const known = labels.get(key) ?? new Set();
    const meaning = referenceOf(neighbour)?.meaning;
    labels.set(key, known.add(meaning === undefined ? '' : labelOf(meaning)));
  }
  const tables = [...labels].filter(([, known]) => known.size > MOST_PROPERTIES);
  return new Set(tables.map(([key]) => key));
}

/** From the root down; steps that repeat, such as those along a list, are one. */
function stepsOf(view: HeapView, way: Way, tables: ReadonlySet<EndKey>): readonly HoldingStep[] {
  const steps: HoldingStep[] = [];
  for (const neighbour of way.toReversed()) {
    const { end } = neighbour;
    const { is, type: nodeType, isRoot } = holderOf(view, neighbour);
    const name = nodeName(is);
    const reference = referenceOf(neighbour);
    const toShape = tables.has(endKey(end)) ? openShapeOf : shapeOf;
    const means = toShape(reference?.meaning ?? { kind: 'unnamed' });
    const label = labelOf(means);
    const last = steps.at(-1);
    if (last?.name === name && last.label === label) continue;
    const edgeType = reference?.type ?? '';
    steps.push({ name, nodeType, label, edgeType, is, means, ...(isRoot ? { root: true } : {}) });
  }
  return steps;
}

function holderOf(view: HeapView, { end }: Neighbour): NodeFacts {
  if ('node' in end) return describeNode(view, end.node);
  return describeFrame(view, view.frames.frames[end.frame] as Frame);
}

/** Of several references the first that holds. */
function referenceOf({ references }: Neighbour): Holder | undefined {
  return references.find(({ weak }) => !weak) ?? references[0];
}
