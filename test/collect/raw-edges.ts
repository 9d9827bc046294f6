import type { HeapView } from '../../src/engine/heap-view.js';
import { isOfConsole } from '../../src/engine/roots/console-root.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';

/** The single node that stands for a global, as in the picture. */
export function canonical({ facts }: HeapView, node: NodeOrdinal): NodeOrdinal {
  return facts.realms.drawnFor(node);
}

/** The drawn owner of a reference: the console has its references in a group of handles. */
export function canonicalOwner(view: HeapView, edge: EdgeOrdinal): NodeOrdinal {
  const { graph, facts } = view;
  if (facts.console !== null && isOfConsole(graph, edge)) return facts.console.node;
  return canonical(view, graph.ownerOf(edge));
}

/** Incoming edges that keep a node alive and come from reachable nodes. */
export function liveRetainers(view: HeapView, node: NodeOrdinal): readonly EdgeOrdinal[] {
  const { graph, rootDistances } = view;
  const isGarbage = rootDistances.of(node) < 0;
  return Array.from(graph.retainersOf(node), (e) => e as EdgeOrdinal).filter((edge) => {
    const owner = graph.ownerOf(edge);
    // added if the file names no root, and never drawn
    if (owner === graph.root && !graph.hasRoot) return false;
    return owner !== node && graph.isRetaining(edge) && (isGarbage || rootDistances.of(owner) >= 0);
  });
}
