import { getHeapSnapshot } from 'node:v8';
import { LoadedHeap } from '../answer/heap.js';
import { readFacts } from '../answer/load-heap.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import type { OpenedSource } from '../source/opened-source.js';

/** The heap of this thread, and in it the object that was asked for. */
export interface OwnHeap {
  readonly heap: LoadedHeap;
  /** Its id, such as `@123`; null when it is gone. */
  readonly target: string | null;
}

let counter = 0;

/**
 * Takes the heap of this thread, main thread or worker, and finds in it the object of a WeakRef: by
 * a property of ours with a name that nothing else has, which holds only the WeakRef.
 */
export async function takeOwnHeap(reference: WeakRef<object>): Promise<OwnHeap> {
  counter += 1;
  const name = `showbackref collectable ${counter}`;
  const mark = { [name]: reference };
  const source = ownSource();
  const facts = await readFacts(source);
  const isThere = name in mark;
  const target = isThere ? findReferent(facts, name) : null;
  return { heap: new LoadedHeap(facts, source), target };
}

/** The heap of this thread as it is now. */
export function ownSource(): OpenedSource {
  return {
    kind: 'process',
    name: 'this program',
    bytes: getHeapSnapshot(),
    live: null,
    close: async () => undefined,
  };
}

function findReferent({ graph }: HeapFacts, name: string): string | null {
  const { edgeNames } = graph.tables;
  for (const index of graph.tables.strings.find(name)) {
    for (let e = 0; e < edgeNames.length; e++) {
      const edge = e as EdgeOrdinal;
      if (edgeNames[e] !== index || graph.edgeNameOf(edge) !== name) continue;
      const target = referentOf(graph, graph.targetOf(edge));
      if (target !== null) return `@${graph.idOf(target)}`;
    }
  }
  return null;
}

function referentOf(graph: HeapGraph, reference: NodeOrdinal): NodeOrdinal | null {
  for (let edge = graph.firstEdge(reference); edge < graph.endEdge(reference); edge++) {
    if (graph.edgeNameOf(edge) === 'target') return graph.targetOf(edge);
  }
  return null;
}
