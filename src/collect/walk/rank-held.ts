import { isRootNode } from '../../engine/describe-node.js';
import type { HeapView } from '../../engine/heap-view.js';
import type { HeldObject } from '../../engine/references/held.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { compareNeighbours, type Neighbour } from './neighbour.js';

/**
 * Lower is shown first: objects, then values, then references that lead out of the object's
 * surroundings.
 */
const Tier = { program: 0, value: 1, root: 2, engine: 4, weak: 5 } as const;

const VALUE_TYPES: readonly number[] = [
  NodeType.string,
  NodeType['concatenated string'],
  NodeType['sliced string'],
  NodeType.number,
  NodeType.symbol,
  NodeType.bigint,
];

/**
 * Sorts what an object holds: objects before values, then largest, then lowest id. Without `all`,
 * leaves out what every object of its class has: shape, code and prototype.
 */
export function rankHeld(
  view: HeapView,
  held: readonly HeldObject[],
  { all, retained }: { readonly all: boolean; readonly retained: boolean },
): readonly Neighbour[] {
  const { graph, facts } = view;
  const kept = all
    ? held
    : held.map(withoutPrototype).filter(({ node, references }) => {
        return references.length > 0 && view.kinds.kindOf(node) !== 'engine';
      });
  return kept
    .map(({ node, references }) => ({
      end: { node: facts.realms.drawnFor(node) },
      references,
      tier: tierOf(view, node, references),
      // not sorted by distance: held objects may have their own paths to a root
      distance: 0,
      size: retained ? facts.retainedSizes.of(node) : graph.selfSizeOf(node),
      id: graph.idOf(node),
    }))
    .sort(compareNeighbours);
}

function withoutPrototype(held: HeldObject): HeldObject {
  return {
    ...held,
    references: held.references.filter(({ meaning }) => meaning.kind !== 'prototype'),
  };
}

function tierOf(view: HeapView, node: NodeOrdinal, references: HeldObject['references']): number {
  if (references.every(({ weak }) => weak)) return Tier.weak;
  if (view.kinds.kindOf(node) === 'engine') return Tier.engine;
  if (isRootNode(view, node)) return Tier.root;
  return VALUE_TYPES.includes(view.graph.typeOf(node)) ? Tier.value : Tier.program;
}
