import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import type { HeapView } from '../heap-view.js';
import { suspendedFunction } from '../promises.js';
import { type FoldContext, mayHold } from './fold-context.js';
import { type Holder, holderByFold } from './holder.js';

/**
 * Records that the engine keeps in lists: cells of a FinalizationRegistry, requests to an async
 * generator, queued microtasks, and the C++ objects by which a page's elements and timers keep a
 * function. Whoever has the list holds what its records hold.
 */
export function foldLink(
  { view, node }: FoldContext,
  link: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const label = linkLabel(view, link, node);
  return listOwners(view, link)
    .filter((owner) => mayHold(view, owner, node))
    .map((owner) => holderByFold(view, owner, edge, label));
}

/** The first nodes above a link that are none of its kind. */
export function listOwners({ graph, kinds }: HeapView, link: NodeOrdinal): readonly NodeOrdinal[] {
  const owners = new Set<NodeOrdinal>();
  const links = new Set([link]);
  // a Set grows while it is iterated, which makes it its own queue
  for (const one of links) {
    for (const e of graph.retainersOf(one)) {
      if (!graph.isRetaining(e as EdgeOrdinal)) continue;
      const owner = graph.ownerOf(e as EdgeOrdinal);
      if (kinds.kindOf(owner) === kinds.kindOf(link)) links.add(owner);
      else owners.add(owner);
    }
  }
  return [...owners];
}

function linkLabel({ graph, kinds }: HeapView, link: NodeOrdinal, node: NodeOrdinal): string {
  switch (kinds.kindOf(link)) {
    case 'weak-cell':
      return 'held value';
    case 'request':
      return graph.nameOf(node) === 'Promise' ? 'promise of next()' : 'argument of next()';
    case 'stack-trace':
      return 'captured stack';
    case 'blink-listener':
      return 'listener';
    case 'blink-timer':
      return 'timer';
    case 'blink-callback':
      return 'callback';
    default:
      return taskLabel(graph, node);
  }
}

function taskLabel(graph: HeapGraph, node: NodeOrdinal): string {
  if (graph.nameOf(node) === 'Generator')
    return `resumes async ${suspendedFunction(graph, node)}()`;
  if (graph.typeOf(node) === NodeType.closure) return 'microtask';
  return graph.nameOf(node) === 'Promise' ? 'settled by microtask' : 'argument of microtask';
}
