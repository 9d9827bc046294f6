import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import type { Meaning } from '../meaning.js';
import type { PartKind } from '../node-kind.js';
import { holderByFold } from '../references/holder.js';
import type { HeapView } from '../view.js';
import { mayHold, type PartFold, type Recognition } from './fold.js';

interface LinkRules {
  readonly kind: PartKind;
  readonly recognises: Recognition;
  /** The meaning of a record's reference to a node. */
  readonly meaning: (view: HeapView, node: NodeOrdinal, edge: EdgeOrdinal) => Meaning;
}

/**
 * A fold of records that the engine keeps in lists: the owner of the list holds what its records
 * hold.
 */
export function foldOfLinks({ kind, recognises, meaning }: LinkRules): PartFold {
  return {
    kind,
    recognises,
    up: ({ view, node }, part, edge) => {
      const means = meaning(view, node, edge);
      return listOwners(view, part)
        .filter((owner) => mayHold(view, owner, node))
        .map((owner) => holderByFold(view, owner, edge, means));
    },
    meaning: ({ view, node }, _, edge) => meaning(view, node, edge),
  };
}

/** The first nodes above a link that are not links themselves. */
function listOwners({ graph, kinds }: HeapView, link: NodeOrdinal): readonly NodeOrdinal[] {
  const owners = new Set<NodeOrdinal>();
  const links = new Set([link]);
  // a Set can grow while it is iterated, so it serves as the queue
  for (const one of links) {
    for (const edge of graph.retainersOf(one)) {
      if (!graph.isRetaining(edge)) continue;
      const owner = graph.ownerOf(edge);
      if (kinds.kindOf(owner) === kinds.kindOf(link)) links.add(owner);
      else owners.add(owner);
    }
  }
  return [...owners];
}
