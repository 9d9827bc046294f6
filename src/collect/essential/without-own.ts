import { isRootNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { groupBy } from '../../util/many.js';
import {
  Drawing,
  type Drawn,
  type DrawnEdge,
  type DrawnKey,
  keyOf,
  nodesOf,
} from '../walk/drawing.js';
import type { Neighbour } from '../walk/neighbour.js';
import type { Limits } from '../walk/walk-objects.js';
import type { Walked } from '../walk/walked.js';
import { OwnReferences } from './own-references.js';

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
/** In a larger group, it is not checked which members live through which. */
const MOST_MEMBERS = 20_000;

/**
 * The picture without references from objects that the held object itself keeps alive, and without
 * objects that lead to a target only by such references.
 */
export function withoutOwn(
  view: HeapView,
  walk: Walked,
): { readonly walk: Walked; readonly own: OwnParts } {
  const { drawing } = walk;
  const search = new OwnReferences(view, { mayAskDominators: drawing.nodes.size > SMALL });
  const entering = groupBy(drawing.edges, ({ to }) => to);
  const edges = [...entering.values()].flatMap((into) => remaining(walk, search, into));
  if (count(edges) === count(drawing.edges))
    return { walk, own: { references: 0, objects: new Map() } };
  const kept = leadingTo(walk.targets.map(keyOf), edges, drawing);
  const smaller = drawing.withOnly(kept, edges);
  const references = count(drawing.edges) - count(smaller.edges);
  const objects = droppedObjects(walk, kept);
  const { targets, neighbours, ways, dominators } = walk;
  const left = { targets, neighbours, ways, dominators, drawing: smaller };
  const limits = limitsWithoutOwn(view, { ...left, limits: walk.limits }, search);
  return { walk: { ...left, limits }, own: { references, objects } };
}

/**
 * The limits of the picture. A holder left out because of its distance does not count if the held
 * object keeps it alive itself.
 */
function limitsWithoutOwn(view: HeapView, walk: Walked, search: OwnReferences): Limits {
  const { drawing, neighbours, targets, limits } = walk;
  if (!limits.depth) return limits;
  const asked = new Set(targets.flatMap(nodesOf));
  const isOpen = (node: NodeOrdinal) => asked.has(node) || !isRootNode(view, node);
  const isEndless = ([key, drawn]: readonly [DrawnKey, Drawn]) => {
    const reason = drawing.cuts.get(key)?.reason;
    if (drawing.gaps.has(key) || reason === 'limit' || reason === 'stop') return false;
    const members = nodesOf(drawn).filter(isOpen);
    if (members.length > MOST_MEMBERS) return true;
    return members.some((member) =>
      neighbours.of(member).some((neighbour) => {
        if (drawing.isConnected(neighbour, drawn)) return false;
        return 'frame' in neighbour.end || !search.isOwn(member, neighbour.end.node);
      }),
    );
  };
  return { ...limits, depth: [...drawing.nodes].some(isEndless) };
}

function count(edges: readonly DrawnEdge[]): number {
  return edges.reduce((sum, edge) => sum + edge.count, 0);
}

/** The arrows to one node, without references by which held objects hold themselves. */
function remaining(
  walk: Walked,
  search: OwnReferences,
  into: readonly DrawnEdge[],
): readonly DrawnEdge[] {
  const { nodes } = walk.drawing;
  const pairs = groupBy(into, ({ from }) => from);
  const held = nodes.get((into[0] as DrawnEdge).to);
  const holders = [...pairs.keys()].flatMap((key) => nodes.get(key) ?? []);
  const small = holders.filter((one) => !('frame' in one) && nodesOf(one).length <= MOST_MEMBERS);
  if (held === undefined || small.length === 0 || nodesOf(held).length > MOST_MEMBERS) return into;
  const links = linksTo(walk, search, { held, holders: small });
  return [...pairs].flatMap(([from, pair]) => {
    const left = links.get(from);
    if (left === undefined || !left.hasOwn) return pair;
    const drawn = new Drawing('up');
    if (left.kept.length > 0) drawn.connect(nodes.get(from) as Drawn, left.kept, held);
    return drawn.edges;
  });
}

/** The references to a node from one of its holders. */
interface HolderLinks {
  readonly kept: Neighbour[];
  /** True if the held objects themselves keep some of these holders alive. */
  hasOwn: boolean;
}

/** The links to a node; looks up the holders of each member once, however many arrows there are. */
function linksTo(
  { neighbours }: Walked,
  search: OwnReferences,
  { held, holders }: { readonly held: Drawn; readonly holders: readonly Drawn[] },
): ReadonlyMap<DrawnKey, HolderLinks> {
  const links = new Map<DrawnKey, HolderLinks>();
  const byMember = new Map<NodeOrdinal, HolderLinks>();
  for (const holder of holders) {
    const own: HolderLinks = { kept: [], hasOwn: false };
    links.set(keyOf(holder), own);
    for (const member of nodesOf(holder)) byMember.set(member, own);
  }
  for (const member of nodesOf(held)) {
    for (const neighbour of neighbours.of(member)) {
      const { end } = neighbour;
      const of = 'frame' in end ? undefined : byMember.get(end.node);
      if ('frame' in end || of === undefined) continue;
      const isStrong = neighbour.references.some(({ weak }) => !weak);
      if (isStrong && search.isOwn(member, end.node)) of.hasOwn = true;
      else of.kept.push(neighbour);
    }
  }
  return links;
}

/** The nodes from which a path leads down to a target. */
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
