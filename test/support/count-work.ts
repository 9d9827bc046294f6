import { HeapGraph } from '../../src/graph/heap-graph.js';
import { PriorityQueue } from '../../src/util/priority-queue.js';

type Method = (this: unknown, ...given: unknown[]) => unknown;

const COUNTED = [HeapGraph.prototype, PriorityQueue.prototype, Map.prototype, Set.prototype];

/**
 * The number of steps that some work takes: questions to the graph, and operations on queues, maps
 * and sets. The same on every machine, however busy it is.
 */
export function countWork(work: () => void): number {
  let steps = 0;
  const restore: (() => void)[] = [];
  for (const prototype of COUNTED) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const method = property.value as Method | undefined;
      if (typeof method !== 'function' || name === 'constructor') continue;
      Object.defineProperty(prototype, name, {
        ...property,
        value(this: unknown, ...given: unknown[]) {
          steps += 1;
          return Reflect.apply(method, this, given);
        },
      });
      restore.push(() => Object.defineProperty(prototype, name, property));
    }
  }
  try {
    work();
  } finally {
    for (const undo of restore) undo();
  }
  return steps;
}
