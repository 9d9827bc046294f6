import { describeFrame, describeNode, type NodeFacts } from '../../engine/describe-node.js';
import type { Frame } from '../../engine/frames.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { Holder } from '../../engine/references/holder.js';
import { OrdinalMap, OrdinalSet } from '../../graph/ordinal-map.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { labelOf } from '../../words/labels.js';
import { nodeName } from '../../words/node-labels.js';
import { openShapeOf, shapeOf } from '../../words/shapes.js';
import { type Drawn, nodesOf } from '../walk/drawing.js';
import { type EndKey, endKey, type Neighbour } from '../walk/neighbour.js';
import { endAt, type Holding, nodeAt } from '../walk/walk-ways.js';
import type { Walked } from '../walk/walked.js';
import { codeSourceOf } from './code-source.js';
import { type HoldingPattern, type HoldingStep, MOST_PATTERNS } from './subgraph.js';

/** The number of properties above which a holder counts as a table: then their names are keys. */
const MOST_PROPERTIES = 4;
/** The longest repeating round, in steps. */
const MOST_OF_ROUND = 12;
/**
 * The number of steps kept of a longer path: those nearest to the root and those nearest to the
 * target.
 */
const MOST_STEPS = 60;

/**
 * Counts the ways in which the objects of targets drawn as one are held: the path of each object to
 * a root, in words that similarly held objects have in common. Most common first.
 */
export function findHoldingPatterns(view: HeapView, walk: Walked): readonly HoldingPattern[] {
  return walk.targets.flatMap((target) => {
    const [first] = nodesOf(target);
    if (!('alike' in target) || first === undefined) return [];
    const tree = new PatternTree(view, walk);
    const counts = tree.count(target);
    const found = [...counts].sort(
      ([a, x], [b, y]) => y - x || (a?.length ?? 0) - (b?.length ?? 0),
    );
    const id = `many:@${view.graph.idOf(first)}`;
    return found.slice(0, MOST_PATTERNS).map(([last, count]): HoldingPattern => {
      return { target: id, count, ...stepsUpTo(last, count) };
    });
  });
}

/** The end of a pattern: its step next to the object, linked to the steps above. */
interface PatternEnd {
  readonly key: string;
  readonly step: HoldingStep;
  /** The holder, if all objects held in this way have the same one. */
  holder: EndKey | null;
  readonly above: PatternEnd | null;
  /** The number of steps down to this one. */
  readonly length: number;
  /** The index of this pattern among those found; null if no object has it. */
  place: number | null;
  /** Patterns that continue from here, or go around a round again, by their next step. */
  readonly below: Map<string, PatternEnd>;
}

/**
 * A tree of patterns, because the paths of many objects share most of their steps. The holders of
 * an object are described once, however many paths lead through it.
 */
class PatternTree {
  readonly #view: HeapView;
  readonly #walk: Walked;
  readonly #starts = new Map<string, PatternEnd>();
  /** The index in `#found` of the end of each object's path. */
  readonly #places = new OrdinalMap();
  readonly #found: PatternEnd[] = [];
  #tables: ReadonlySet<EndKey> = new Set();

  constructor(view: HeapView, walk: Walked) {
    this.#view = view;
    this.#walk = walk;
  }

  /** Counts the objects held in each way; null for no path to a root. */
  count({ alike }: Extract<Drawn, { alike: unknown }>): ReadonlyMap<PatternEnd | null, number> {
    this.#tables = this.#findTables(alike);
    const counts = new Map<PatternEnd | null, number>();
    for (const node of alike) {
      const end = this.#endOf(node);
      counts.set(end, (counts.get(end) ?? 0) + 1);
    }
    return counts;
  }

  #endOf(node: NodeOrdinal): PatternEnd | null {
    const { ways } = this.#walk;
    // numbers, because a path may have a million steps
    const open: NodeOrdinal[] = [];
    let end: PatternEnd | null = null;
    for (let at = node; ; ) {
      const known = this.#places.get(at);
      if (known !== undefined) {
        end = this.#found[known] ?? null;
        break;
      }
      const next = ways.holdingAfter(at);
      if (next === null) break;
      open.push(at);
      if (next < 0 || ways.endsAfter(at)) break;
      at = nodeAt(next);
    }
    for (const below of open.reverse()) {
      const neighbour = ways.nextOf(below);
      if (neighbour === null) break;
      end = this.#stepFrom(end, neighbour);
      if (end.place === null) end.place = this.#found.push(end) - 1;
      this.#places.set(below, end.place);
    }
    return end;
  }

  #stepFrom(above: PatternEnd | null, neighbour: Neighbour): PatternEnd {
    const { is, type: nodeType, isRoot } = holderOf(this.#view, neighbour);
    const name = nodeName(is);
    const reference = referenceOf(neighbour);
    const isTable = this.#tables.has(endKey(neighbour.end));
    const toShape = isTable ? openShapeOf : shapeOf;
    const means = toShape(reference?.meaning ?? { kind: 'unnamed' });
    const label = labelOf(means);
    const siblings = above === null ? this.#starts : above.below;
    const key = `${name.length} ${name}${label}`;
    const known = siblings.get(key);
    const holder = endKey(neighbour.end);
    if (known !== undefined) return heldBy(known, holder);
    const more = isRoot ? { root: true as const } : this.#codeSourceOf(neighbour);
    const step = { name, nodeType, label, edgeType: reference?.type ?? '', is, means, ...more };
    const start = { key, step, holder, above, length: (above?.length ?? 0) + 1 };
    const end: PatternEnd = { ...start, place: null, below: new Map() };
    const earlier = roundBefore(end);
    siblings.set(key, earlier ?? end);
    return earlier === null ? end : heldBy(earlier, holder);
  }

  #codeSourceOf({ end }: Neighbour): Pick<HoldingStep, 'code'> {
    return 'node' in end ? codeSourceOf(this.#view, end.node) : {};
  }

  #findTables(nodes: readonly NodeOrdinal[]): ReadonlySet<EndKey> {
    const { ways } = this.#walk;
    const passed = this.#nodesOnWays(nodes);
    /** the number of objects that each holder holds on these paths */
    const counts = new OrdinalMap();
    for (const node of passed) {
      const next = ways.holdingAfter(node);
      if (next !== null) counts.set(next, (counts.get(next) ?? 0) + 1);
    }
    const labels = new Map<Holding, Set<string>>();
    for (const node of passed) {
      const holding = ways.holdingAfter(node);
      // a holder of few objects has few properties that hold them
      if (holding === null || (counts.get(holding) ?? 0) <= MOST_PROPERTIES) continue;
      const known = labels.get(holding) ?? new Set();
      labels.set(holding, known);
      if (known.size > MOST_PROPERTIES) continue;
      const next = ways.nextOf(node);
      if (next !== null) known.add(labelOfLink(next));
    }
    const tables = [...labels].filter(([, known]) => known.size > MOST_PROPERTIES);
    return new Set(tables.map(([holding]) => endKey(endAt(holding))));
  }

  /** All objects that the paths of some objects lead through, including these. */
  #nodesOnWays(nodes: readonly NodeOrdinal[]): readonly NodeOrdinal[] {
    const { ways } = this.#walk;
    const passed: NodeOrdinal[] = [];
    const known = new OrdinalSet();
    for (const node of nodes) {
      for (let at = node; !known.has(at); ) {
        known.add(at);
        passed.push(at);
        const next = ways.holdingAfter(at);
        if (next === null || next < 0 || ways.endsAfter(at)) break;
        at = nodeAt(next);
      }
    }
    return passed;
  }
}

function heldBy(end: PatternEnd, holder: EndKey): PatternEnd {
  if (end.holder !== holder) end.holder = null;
  return end;
}

/**
 * The end of an identical round of steps directly before, as along a list; null without one. A list
 * is written as one round of its steps.
 */
function roundBefore(end: PatternEnd): PatternEnd | null {
  let earlier = end.above;
  for (let length = 1; length <= MOST_OF_ROUND && earlier !== null; length++) {
    if (isRepeated(end, earlier, length)) return earlier;
    earlier = earlier.above;
  }
  return null;
}

function isRepeated(last: PatternEnd, earlier: PatternEnd, length: number): boolean {
  let [a, b]: (PatternEnd | null)[] = [last, earlier];
  for (let i = 0; i < length; i++) {
    if (a?.key === undefined || a.key !== b?.key) return false;
    [a, b] = [a.above, b.above];
  }
  return true;
}

/** The steps from the root down. */
function stepsUpTo(last: PatternEnd | null, count: number): Pick<HoldingPattern, 'steps' | 'left'> {
  const stepOf = ({ step, holder }: PatternEnd): HoldingStep =>
    holder === null || count === 1 ? step : { ...step, isOne: true };
  const steps: HoldingStep[] = [];
  const left = Math.max(0, (last?.length ?? 0) - MOST_STEPS);
  const firstLeft = MOST_STEPS / 2;
  let at = last;
  for (; at !== null && steps.length < firstLeft; at = at.above) steps.push(stepOf(at));
  for (let i = 0; i < left && at !== null; i++) at = at.above;
  for (; at !== null; at = at.above) steps.push(stepOf(at));
  return { steps: steps.reverse(), ...(left > 0 && { left }) };
}

function holderOf(view: HeapView, { end }: Neighbour): NodeFacts {
  if ('node' in end) return describeNode(view, end.node);
  return describeFrame(view, view.frames.frames[end.frame] as Frame);
}

function labelOfLink(neighbour: Neighbour): string {
  const meaning = referenceOf(neighbour)?.meaning;
  return meaning === undefined ? '' : labelOf(meaning);
}

/** The first of several references that keeps its target alive. */
function referenceOf({ references }: Neighbour): Holder | undefined {
  return references.find(({ weak }) => !weak) ?? references[0];
}
