import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType } from '../graph/types.js';
import { internalField } from './code/scripts.js';
import type { HeapView } from './view.js';

/** The pending promises that will run a reaction; reactions of one promise form a list. */
export function promisesOf(view: HeapView, reaction: NodeOrdinal): readonly NodeOrdinal[] {
  const { graph, kinds } = view;
  const promises = new Set<NodeOrdinal>();
  const reactions = new Set([reaction]);
  // a Set can grow while it is iterated, so it serves as the queue
  for (const link of reactions) {
    for (const e of graph.retainersOf(link)) {
      if (!graph.isRetaining(e)) continue;
      const owner = graph.ownerOf(e);
      if (kinds.kindOf(owner) === 'reaction') reactions.add(owner);
      else promises.add(owner);
    }
  }
  return [...promises];
}

/**
 * The promises that a suspended async function awaits, given the edge by which the scope of its
 * resume functions holds it: Promise -> reaction -> resume function -> scope -extension->
 * generator.
 */
export function awaitedPromises(
  view: HeapView,
  scope: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly NodeOrdinal[] {
  const { graph, kinds, facts } = view;
  const isResume =
    graph.edgeTypeOf(edge) === EdgeType.internal && graph.edgeNameOf(edge) === 'extension';
  if (!isResume) return [];
  const promises = new Set<NodeOrdinal>();
  for (const closure of facts.contexts.closuresOf(scope)) {
    for (const e of graph.retainersOf(closure)) {
      const owner = graph.ownerOf(e);
      if (kinds.kindOf(owner) !== 'reaction') continue;
      for (const promise of promisesOf(view, owner)) promises.add(promise);
    }
  }
  return [...promises];
}

/** The name of the function that a generator object will resume. */
export function suspendedFunction(graph: HeapGraph, generator: NodeOrdinal): string {
  const closure = internalField(graph, generator, 'function');
  return (closure === null ? '' : graph.nameOf(closure)) || 'anonymous';
}
