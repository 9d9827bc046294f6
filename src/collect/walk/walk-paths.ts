import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { Neighbour } from './neighbour.js';
import { keepsAlive } from './rank-holders.js';
import { findDisjointPaths } from './walk-disjoint.js';
import { type HolderGraph, holdingOf, nodeAt, type Way, type WaysToRoots } from './walk-ways.js';

export interface FoundPaths {
  /**
   * Shortest first. No object between target and root is on two of them unless it is a dominator.
   */
  readonly paths: readonly Way[];
  /**
   * Objects that every path from a root to the target leads through, nearest to the target first.
   */
  readonly dominators: readonly NodeOrdinal[];
}

/**
 * Finds up to `limit` independent paths from an object to roots. All paths share the object's
 * dominators, so these split a path into sections; each section has a number of paths that share
 * nothing, and a complete path is a choice for every section.
 */
export function findPaths(
  graph: HolderGraph,
  ways: WaysToRoots,
  target: NodeOrdinal,
  limit: number,
): FoundPaths {
  const first = ways.wayFrom(target);
  if (first === null) return { paths: [], dominators: [] };
  if (limit < 2) return { paths: [first], dominators: [] };
  const places = new Map([target, ...first.slice(0, -1).map(nodeAt)].map((node, i) => [node, i]));
  const dominators = dominatorsOn(graph, places);
  const sections = [target, ...dominators].map((start, i) =>
    waysThroughSection(withoutBelow(graph, start, places), start, dominators[i] ?? null, limit),
  );
  return { paths: combine(sections, limit), dominators };
}

function waysThroughSection(
  graph: HolderGraph,
  start: NodeOrdinal,
  end: NodeOrdinal | null,
  limit: number,
): readonly Way[] {
  const [only, other] = graph.holdersOf(start).filter(keepsAlive);
  if (only !== undefined && other === undefined && holdingOf(only) === end) return [[end]];
  return findDisjointPaths(graph, start, end, limit).map((way) => way.map(holdingOf));
}

/**
 * The objects that were not met below a dominator: those are held only through it, so no path
 * upward leads through them. Looking at them again from every section would take quadratic time.
 */
function withoutBelow(
  graph: HolderGraph,
  start: NodeOrdinal,
  places: ReadonlyMap<NodeOrdinal, number>,
): HolderGraph {
  const from = places.get(start) ?? 0;
  const isAbove = ({ end }: Neighbour) =>
    'frame' in end || (places.get(end.node) ?? Number.POSITIVE_INFINITY) >= from;
  return { ...graph, holdersOf: (node) => graph.holdersOf(node).filter(isAbove) };
}

/**
 * A section that is a single reference may be on all paths; any other path through a section is
 * used once.
 */
function combine(sections: readonly (readonly Way[])[], limit: number): readonly Way[] {
  const scarce = sections.filter((ways) => ways.every((way) => way.length > 1));
  const isScarce = scarce.length > 0;
  let count = isScarce ? limit : 0;
  for (const { length } of isScarce ? scarce : sections) {
    count = isScarce ? Math.min(count, length) : Math.max(count, length);
  }
  const paths = Array.from({ length: Math.min(count, limit) }, (_, i) =>
    sections.flatMap((ways) => ways[i] ?? ways[0] ?? []),
  );
  return paths.sort((a, b) => a.length - b.length);
}

/**
 * Finds the nodes of a path that no other path bypasses: goes up the path and notes how far it is
 * rejoined from below. Looks at every ancestor at most once, and stops looking once a root was
 * reached in another way.
 *
 * @param places the nodes on the path, from the target on; also receives the nodes met beside it,
 *   with the place they were met from.
 */
function dominatorsOn(
  graph: HolderGraph,
  places: Map<NodeOrdinal, number>,
): readonly NodeOrdinal[] {
  const way = [...places.keys()];
  const dominators: NodeOrdinal[] = [];
  let farthest = 0;
  for (const [place, node] of way.entries()) {
    if (farthest === place && place > 0) dominators.push(node);
    farthest = Math.max(farthest, farthestFrom(graph, node, { place, places, length: way.length }));
    if (farthest >= way.length) break;
  }
  return dominators;
}

interface Beside {
  readonly place: number;
  readonly places: Map<NodeOrdinal, number>;
  /** The number of nodes on the path. */
  readonly length: number;
}

/**
 * The highest place on the path that is reached from a node beside it; past the last for a root.
 */
function farthestFrom(
  graph: HolderGraph,
  start: NodeOrdinal,
  { place, places, length }: Beside,
): number {
  let farthest = 0;
  const stack = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const holder of graph.holdersOf(node)) {
      if (!keepsAlive(holder)) continue;
      if ('frame' in holder.end || graph.isEnd(holder)) return length;
      const known = places.get(holder.end.node);
      if (known !== undefined) {
        // what was met earlier, from a lower place, has been followed to its end
        farthest = Math.max(farthest, known);
        continue;
      }
      places.set(holder.end.node, place);
      stack.push(holder.end.node);
    }
  }
  return farthest;
}
