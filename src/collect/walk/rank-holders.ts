import { isBuiltinFile } from '../../engine/code/contexts.js';
import type { HeapView } from '../../engine/heap-view.js';
import { groupByOrigin, type Holder } from '../../engine/references/holder.js';
import { RootBand } from '../../graph/compute-distances.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { compareNeighbours, type Neighbour } from './neighbour.js';

/**
 * Lower is shown first: from holders that a programmer can act on down to those that merely
 * confirm.
 */
const Tier = { program: 0, runtime: 1, root: 2, temporary: 3, engine: 4, weak: 5 } as const;

/**
 * Groups holders by origin and sorts them: those that a programmer can act on, then nearest to a
 * root, then largest, then lowest id. Without `all`, leaves out stack temporaries and engine
 * bookkeeping if another holder keeps the object alive without them.
 */
export function rankHolders(
  view: HeapView,
  node: NodeOrdinal,
  holders: readonly Holder[],
  { all }: { readonly all: boolean },
): readonly Neighbour[] {
  const groups = groupByOrigin(holders).map((group) => rankGroup(view, group));
  const [only] = groups;
  // the common case
  if (groups.length < 2 && (only === undefined || !confirms(only))) return groups;
  const kept = all ? groups : withoutConfirmations(view, node, groups);
  return kept.sort(compareNeighbours);
}

/** True if a path to a root may lead through this holder. */
export function keepsAlive({ tier, distance }: Neighbour): boolean {
  return tier !== Tier.weak && distance >= 0;
}

function rankGroup(view: HeapView, references: readonly Holder[]): Neighbour {
  const { from: end } = references[0] as Holder;
  const tier = bestTier(view, references);
  if ('frame' in end) return { end, references, tier, distance: 0, size: 0, id: end.frame };
  const { graph, rootDistances } = view;
  return {
    end,
    references,
    tier,
    distance: rootDistances.of(end.node),
    size: graph.selfSizeOf(end.node),
    id: graph.idOf(end.node),
  };
}

/** The best tier of some holders; a loop, because one array can hold one object a million times. */
function bestTier(view: HeapView, holders: readonly Holder[]): number {
  let best: number = Tier.weak;
  for (const holder of holders) best = Math.min(best, tierOf(view, holder));
  return best;
}

function tierOf(view: HeapView, { from, weak, temporary }: Holder): number {
  if (weak) return Tier.weak;
  if (temporary) return Tier.temporary;
  if ('frame' in from) return Tier.program;
  switch (view.kinds.kindOf(from.node)) {
    case 'engine':
      return Tier.engine;
    case 'root':
    case 'root-group':
    case 'realm':
      return Tier.root;
    default:
      return isRuntime(view, from.node) ? Tier.runtime : Tier.program;
  }
}

function isRuntime(view: HeapView, node: NodeOrdinal): boolean {
  const { graph, facts } = view;
  if (graph.typeOf(node) === NodeType.array) return true;
  if (facts.contexts.isContext(node)) return isBuiltinFile(facts.contexts.fileOf(node));
  return graph.typeOf(node) === NodeType.closure && isBuiltinFile(facts.scripts.fileOf(node));
}

function withoutConfirmations(
  view: HeapView,
  node: NodeOrdinal,
  groups: readonly Neighbour[],
): Neighbour[] {
  const own = view.rootDistances.of(node);
  const isEngineOnly = own >= RootBand.ENGINE;
  const hasReason = groups.some((group) => {
    // a path to a root no longer than the node's own cannot lead through the node itself
    return group.tier < Tier.temporary && group.distance >= 0 && group.distance <= own;
  });
  return groups.filter((group) => {
    if (!confirms(group)) return true;
    return !hasReason || (group.tier === Tier.engine && (isEngineOnly || own < 0));
  });
}

/** True for holders that are left out if there is a better one. */
function confirms({ tier }: Neighbour): boolean {
  return tier === Tier.engine || tier === Tier.temporary;
}
