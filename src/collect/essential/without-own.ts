import { isRootNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { groupBy } from '../../util/many.js';
import type { HarmlessReferences } from '../picture/subgraph.js';
import {
  Drawing,
  type Drawn,
  type DrawnEdge,
  type DrawnKey,
  keyOf,
  nodesOf,
} from '../walk/drawing.js';
import type { Walked } from '../walk/walked.js';
import { limitsThatDecide } from './limits-that-decide.js';
import { OwnReferences } from './own-references.js';
import { type Survey, surveyHolders } from './survey.js';

/** The parts that were left out because the objects in the picture keep them alive themselves. */
export interface OwnParts {
  /** References that are not drawn. */
  readonly references: number;
  /**
   * Objects that are not drawn, by the drawn target that they live through; null for another
   * holder.
   */
  readonly objects: ReadonlyMap<DrawnKey | null, readonly NodeOrdinal[]>;
}

/** A picture of more nodes may use the dominators of the whole heap. */
const SMALL = 12;

/** The remaining part of a picture, with the known facts about its holders. */
export interface Essential {
  readonly walk: Walked;
  readonly own: OwnParts;
  readonly surveys: ReadonlyMap<DrawnKey, Survey>;
  readonly harmless: HarmlessReferences | null;
}

/**
 * The picture without references from objects that the held object itself keeps alive, and without
 * objects that lead to a target only by such references.
 */
export function withoutOwn(view: HeapView, walk: Walked): Essential {
  const { drawing } = walk;
  const mayAskDominators = drawing.nodes.size > SMALL;
  const search = new OwnReferences(view, { mayAskDominators, objects: objectsOf(drawing) });
  const surveys = surveyAll(view, walk, search);
  const entering = groupBy(drawing.edges, ({ to }) => to);
  const edges = [...entering].flatMap(([to, into]) => remaining(drawing, into, surveys.get(to)));
  const isAll = count(edges) === count(drawing.edges);
  const kept = isAll ? null : leadingTo(walk.targets.map(keyOf), edges, drawing);
  const smaller = kept === null ? drawing : drawing.withOnly(kept, edges);
  const references = count(drawing.edges) - count(smaller.edges);
  const objects = kept === null ? new Map<DrawnKey, never>() : droppedObjects(walk, kept);
  const { targets, neighbours, ways, dominators } = walk;
  const left = { targets, neighbours, ways, dominators, limits: walk.limits, drawing: smaller };
  const { limits, harmless } = limitsThatDecide(view, left, { surveys, search });
  return { walk: { ...left, limits }, own: { references, objects }, surveys, harmless };
}

function objectsOf({ nodes }: Drawing): number {
  return [...nodes.values()].reduce((sum, drawn) => sum + nodesOf(drawn).length, 0);
}

/** Of all nodes that the picture does not end at. */
function surveyAll(
  view: HeapView,
  walk: Walked,
  search: OwnReferences,
): ReadonlyMap<DrawnKey, Survey> {
  const asked = new Set(walk.targets.map(keyOf));
  const surveys = new Map<DrawnKey, Survey>();
  for (const [key, drawn] of walk.drawing.nodes) {
    const [first] = nodesOf(drawn);
    const isEnd = first === undefined || (!asked.has(key) && isRootNode(view, first));
    if (!isEnd) surveys.set(key, surveyHolders(walk, search, drawn));
  }
  return surveys;
}

function count(edges: readonly DrawnEdge[]): number {
  return edges.reduce((sum, edge) => sum + edge.count, 0);
}

/** The arrows to one node, without references by which held objects hold themselves. */
function remaining(
  { nodes }: Drawing,
  into: readonly DrawnEdge[],
  survey: Survey | undefined,
): readonly DrawnEdge[] {
  return [...groupBy(into, ({ from }) => from)].flatMap(([from, pair]) => {
    const links = survey?.links.get(from);
    if (links === undefined || !links.hasOwn) return pair;
    const drawn = new Drawing('up');
    const [{ to }] = pair as [DrawnEdge];
    if (links.kept.length > 0)
      drawn.connect(nodes.get(from) as Drawn, links.kept, nodes.get(to) as Drawn);
    return drawn.edges;
  });
}

/** The nodes from which a way leads down to a target. */
function leadingTo(
  targets: readonly DrawnKey[],
  edges: readonly DrawnEdge[],
  { gaps }: Drawing,
): ReadonlySet<DrawnKey> {
  const above = groupBy(edges, ({ to }) => to);
  const found = new Set(targets);
  // a Set can grow while it is iterated, so it serves as the queue
  for (const key of found) {
    for (const { from } of above.get(key) ?? []) found.add(from);
    const gap = gaps.get(key);
    if (gap !== undefined) found.add(gap.above);
  }
  return found;
}

/** The objects that are no longer drawn, including those that a limit had cut off beyond them. */
function droppedObjects(
  { drawing, targets }: Walked,
  kept: ReadonlySet<DrawnKey>,
): ReadonlyMap<DrawnKey | null, readonly NodeOrdinal[]> {
  const above = groupBy(drawing.edges, ({ to }) => to);
  const found = new Map<DrawnKey | null, readonly NodeOrdinal[]>();
  const taken = new Set<DrawnKey>(kept);
  for (const target of targets.map(keyOf)) {
    const through = new Set([target]);
    for (const key of through) {
      for (const { from } of above.get(key) ?? []) {
        if (taken.has(from)) continue;
        taken.add(from);
        through.add(from);
      }
    }
    through.delete(target);
    if (through.size > 0) found.set(target, [...objectsAt(drawing, through)]);
  }
  const others = [...drawing.nodes.keys()].filter((key) => !taken.has(key));
  if (others.length > 0) found.set(null, [...objectsAt(drawing, others)]);
  return found;
}

function objectsAt(drawing: Drawing, keys: Iterable<DrawnKey>): ReadonlySet<NodeOrdinal> {
  const objects = new Set<NodeOrdinal>();
  for (const key of keys) {
    const node = drawing.nodes.get(key);
    for (const member of node === undefined ? [] : nodesOf(node)) objects.add(member);
    for (const { end } of drawing.cuts.get(key)?.neighbours ?? []) {
      if ('node' in end && drawing.at(end) === null) objects.add(end.node);
    }
  }
  return objects;
}
