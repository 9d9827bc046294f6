import type { NodeOrdinal } from '../../graph/ordinals.js';
import { keepsAlive } from './rank-holders.js';
import { findDisjointPaths } from './walk-disjoint.js';
import { type HolderGraph, holdingOf, nodeAt, type Way, type WaysToRoots } from './walk-ways.js';

export interface FoundPaths {
  /** Shortest first. No object between target and root is on two of them unless it dominates. */
  readonly paths: readonly Way[];
  /** Objects that every way from a root to the target leads through, nearest to the target first. */
  readonly dominators: readonly NodeOrdinal[];
}

/**
 * Up to `limit` ways from an object to roots that are really different. All ways share the object's
 * dominators, so those cut a way into sections; within each section as many ways as there are that
 * share nothing, and one way is a choice in every section.
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
  const dominators = dominatorsOn(graph, target, first);
  const starts = [target, ...dominators];
  const sections = starts.map((start, i): readonly Way[] => {
    const ways = findDisjointPaths(graph, start, dominators[i] ?? null, limit);
    return ways.map((way) => way.map(holdingOf));
  });
  return { paths: combine(sections, limit), dominators };
}

/** A section that is one reference may be on all ways; any other way through a section on one only. */
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
 * The nodes of a way that no other way leads around: going up the way, notes how far it is rejoined
 * from below. Looks at every ancestor at most once, and at none once a root was reached elsewhere.
 */
function dominatorsOn(graph: HolderGraph, target: NodeOrdinal, path: Way): readonly NodeOrdinal[] {
  const inner = path.slice(0, -1).map(nodeAt);
  const places = new Map([target, ...inner].map((node, place) => [node, place]));
  const seen = new Set<NodeOrdinal>(places.keys());
  const dominators: NodeOrdinal[] = [];
  let farthest = 0;
  for (const [place, node] of [target, ...inner].entries()) {
    if (farthest === place && place > 0) dominators.push(node);
    farthest = Math.max(farthest, farthestFrom(graph, node, places, seen));
    if (farthest > inner.length) break;
  }
  return dominators;
}

/** The highest place on the way that is reached from a node beside it; past the last for a root. */
function farthestFrom(
  graph: HolderGraph,
  start: NodeOrdinal,
  places: ReadonlyMap<NodeOrdinal, number>,
  seen: Set<NodeOrdinal>,
): number {
  let farthest = 0;
  const stack = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const holder of graph.holdersOf(node)) {
      if (!keepsAlive(holder)) continue;
      if ('frame' in holder.end || graph.isEnd(holder)) return places.size;
      farthest = Math.max(farthest, places.get(holder.end.node) ?? 0);
      if (seen.has(holder.end.node)) continue;
      seen.add(holder.end.node);
      stack.push(holder.end.node);
    }
  }
  return farthest;
}
