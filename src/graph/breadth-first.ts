import { EdgeClass } from './edge-classes.js';
import type { HeapGraph } from './heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from './ordinals.js';

/** In a distance array: the search has not come by. */
export const UNREACHABLE = -1;

/**
 * A breadth-first search along outgoing edges that can be resumed in phases: nodes an earlier phase
 * reached keep their distance. WeakMap values are entered through the second half of their pair
 * only, so they come after both key and table.
 */
export class BreadthFirst {
  /** Steps plus the phase's base, by node ordinal; UNREACHABLE where no phase came by. */
  readonly distances: Int32Array;
  readonly #graph: HeapGraph;
  readonly #queue: Uint32Array;
  #length = 0;
  #done = 0;
  readonly #pendingPairs = new Set<string>();

  /** @param queue room for every node; only used until the search is over. */
  constructor(graph: HeapGraph, queue: Uint32Array) {
    this.#graph = graph;
    this.distances = new Int32Array(graph.nodeCount).fill(UNREACHABLE);
    this.#queue = queue;
  }

  /** Adds a start node unless it was reached before. */
  start(node: NodeOrdinal, distance: number): void {
    if (this.distances[node] !== UNREACHABLE) return;
    this.distances[node] = distance;
    this.#queue[this.#length++] = node;
  }

  /** Nodes with an edge that was not followed because it was unwanted, in the order reached. */
  readonly passedBy: NodeOrdinal[] = [];

  /** Searches on along the edges whose class has all bits of `wanted` and none of `unwanted`. */
  run({ wanted, unwanted }: { readonly wanted: number; readonly unwanted: number }): void {
    const { edgeClasses, tables } = this.#graph;
    const { firstEdge, edgeTargets } = tables;
    const { distances } = this;
    const queue = this.#queue;
    const mask = wanted | unwanted;
    let length = this.#length;
    for (let i = this.#done; i < length; i++) {
      const node = queue[i];
      const distance = distances[node] + 1;
      let isPassedBy = false;
      for (let edge = firstEdge[node], end = firstEdge[node + 1]; edge < end; edge++) {
        const bits = edgeClasses[edge];
        if ((bits & mask) !== wanted) {
          if ((bits & mask) === mask) isPassedBy = true;
          continue;
        }
        const target = edgeTargets[edge];
        if (distances[target] !== UNREACHABLE) continue;
        if ((bits & EdgeClass.EPHEMERON) !== 0 && !this.#isSecondHalf(edge)) continue;
        distances[target] = distance;
        queue[length++] = target;
      }
      if (isPassedBy) this.passedBy.push(node as NodeOrdinal);
    }
    this.#length = length;
    this.#done = length;
  }

  #isSecondHalf(edge: number): boolean {
    // the two names of a pair differ only in the number before the first slash
    const name = this.#graph.edgeNameOf(edge as EdgeOrdinal);
    const pair = name.slice(name.indexOf('/'));
    if (this.#pendingPairs.delete(pair)) return true;
    this.#pendingPairs.add(pair);
    return false;
  }
}
