import type { HeapView } from '../../src/collect/heap-view.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';
import { EdgeType, NodeType } from '../../src/graph/types.js';

/** The longest fold: an awaited promise is 4 raw references away, one more for a cell in between. */
export const MAX_FOLDED_STEPS = 5;

/**
 * Everything that holds a node within MAX_FOLDED_STEPS raw references, the node itself included.
 * Links of a list (scope to outer scope, reaction to reaction, store to store) are free, because
 * such lists have no longest length.
 */
export function rawAncestors(view: HeapView, node: NodeOrdinal): ReadonlySet<NodeOrdinal> {
  const steps = new Map<NodeOrdinal, number>([[node, 0]]);
  let level = [node];
  for (let step = 1; step <= MAX_FOLDED_STEPS && level.length > 0; step++) {
    const next: NodeOrdinal[] = [];
    for (const below of level) {
      for (const owner of ownersWithLists(view, below)) {
        if (steps.has(owner)) continue;
        steps.set(owner, step);
        next.push(owner);
      }
    }
    level = next;
  }
  return new Set([...steps.keys()].map((owner) => canonical(view, owner)));
}

/** One node per global, as in the picture. */
export function canonical({ facts }: HeapView, node: NodeOrdinal): NodeOrdinal {
  return facts.globalOf(node)?.object ?? node;
}

/** Incoming edges that keep a node alive and do not come from what nothing reaches. */
export function liveRetainers(view: HeapView, node: NodeOrdinal): readonly EdgeOrdinal[] {
  const { graph, rootDistances } = view;
  const isGarbage = rootDistances[node] < 0;
  return Array.from(graph.retainersOf(node), (e) => e as EdgeOrdinal).filter((edge) => {
    const owner = graph.ownerOf(edge);
    return owner !== node && graph.isRetaining(edge) && (isGarbage || rootDistances[owner] >= 0);
  });
}

/** An ordinary object or function of a program, as opposed to a part of the engine or a root. */
export function isUserObject(view: HeapView, node: NodeOrdinal): boolean {
  const type = view.graph.typeOf(node);
  const isObject = type === NodeType.object || type === NodeType.closure;
  return isObject && view.kinds.kindOf(node) === 'plain';
}

function ownersWithLists(view: HeapView, node: NodeOrdinal): ReadonlySet<NodeOrdinal> {
  const { graph, kinds } = view;
  const owners = new Set<NodeOrdinal>();
  const queue = new Set([node]);
  for (const below of queue) {
    for (const e of graph.retainersOf(below)) {
      const edge = e as EdgeOrdinal;
      if (graph.edgeTypeOf(edge) === EdgeType.weak && below !== node) continue;
      const owner = graph.ownerOf(edge);
      owners.add(owner);
      const kind = kinds.kindOf(owner);
      const isLink = kind === kinds.kindOf(below) && LISTS.has(kind);
      if (isLink) queue.add(owner);
    }
  }
  return owners;
}

const LISTS: ReadonlySet<string> = new Set(['scope', 'reaction', 'storage']);
