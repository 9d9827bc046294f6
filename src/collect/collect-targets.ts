import { classPlaceKey } from '../engine/classes/class-place.js';
import { describeNode } from '../engine/describe-node.js';
import type { HeapView } from '../engine/heap-view.js';
import { nodeMeaningKey } from '../engine/meaning-texts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import type { Drawn } from './walk/drawing.js';

/** A requested object, or several that are drawn as one node. */
export type CollectTarget = NodeOrdinal | readonly NodeOrdinal[];

/** The targets as nodes of a picture. */
export function toDrawn(
  { graph, facts }: HeapView,
  targets: readonly CollectTarget[],
): readonly Drawn[] {
  return targets.map((target) => {
    const nodes = typeof target === 'number' ? [target] : target;
    const [first, ...others] = new Set(nodes.map((node) => facts.realms.drawnFor(node)));
    if (first !== undefined && others.length === 0) return { node: first };
    return {
      alike: [first as NodeOrdinal, ...others].sort((a, b) => graph.idOf(a) - graph.idOf(b)),
    };
  });
}

/**
 * Merges the matches of one `--target` that have the same class, defined in the same place: the
 * largest class first; if equal, the one whose first match comes first.
 */
export function mergeTargets(
  view: HeapView,
  matches: readonly NodeOrdinal[],
): readonly (readonly NodeOrdinal[])[] {
  const classes = new Map<string, NodeOrdinal[]>();
  for (const node of matches) {
    const { type, is, location } = describeNode(view, node);
    const place = classPlaceKey(view.facts, node) || (location ?? '');
    const key = `${type} ${place.length} ${place}${nodeMeaningKey(is)}`;
    const alike = classes.get(key) ?? [];
    classes.set(key, alike);
    alike.push(node);
  }
  return [...classes.values()].sort((a, b) => b.length - a.length);
}
