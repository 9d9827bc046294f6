import { EdgeClass } from './edge-classes.js';
import type { HeapGraph } from './heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from './ordinals.js';

/** As a distance: no search has come by. */
export const UNREACHABLE = -1;

/** What marks a reached node whose distance is asked for. */
const ASKED = 2;

/** Nodes at one distance: a piece of the queue, which begins where the one before ends. */
interface Level {
  readonly distance: number;
  readonly end: number;
}

/**
 * A breadth-first search along outgoing edges that can be resumed in phases: nodes an earlier phase
 * reached keep their distance. WeakMap values are entered through the second half of their pair
 * only, so they come after both key and table.
 */
export class BreadthFirst {
  /** Nodes with an edge that was not followed because it was unwanted, in the order reached. */
  readonly passedBy: NodeOrdinal[] = [];
  readonly #graph: HeapGraph;
  /** Nodes in the order they were reached; the queue is the only record of their distances. */
  readonly #queue: Uint32Array;
  /** 0 until a node is in the queue. */
  readonly #reached: Uint8Array;
  readonly #levels: Level[] = [];
  #length = 0;
  #done = 0;
  readonly #pendingPairs = new Set<string>();

  /** @param queue room for every node; must not be used for anything else as long as this is. */
  constructor(graph: HeapGraph, queue: Uint32Array) {
    this.#graph = graph;
    this.#reached = new Uint8Array(graph.nodeCount);
    this.#queue = queue;
  }

  /** Adds a start node for the next phase unless it was reached before. */
  start(node: NodeOrdinal): void {
    if (this.#reached[node] !== 0) return;
    this.#reached[node] = 1;
    this.#queue[this.#length++] = node;
  }

  /**
   * Searches on along the edges whose class has all bits of `wanted` and none of `unwanted`.
   *
   * @param distance of the nodes it starts from.
   */
  run(
    distance: number,
    { wanted, unwanted }: { readonly wanted: number; readonly unwanted: number },
  ): void {
    for (let steps = distance; this.#done < this.#length; steps++) {
      const end = this.#length;
      this.#levels.push({ distance: steps, end });
      this.#followLevel(end, wanted, wanted | unwanted);
      this.#done = end;
    }
  }

  #followLevel(end: number, wanted: number, mask: number): void {
    const { edgeClasses, tables } = this.#graph;
    const { firstEdge, edgeTargets } = tables;
    const queue = this.#queue;
    const reached = this.#reached;
    let length = this.#length;
    for (let i = this.#done; i < end; i++) {
      const node = queue[i];
      const endEdge = firstEdge[node + 1];
      let isPassedBy = false;
      for (let edge = firstEdge[node]; edge < endEdge; edge++) {
        const bits = edgeClasses[edge];
        if ((bits & mask) !== wanted) {
          if ((bits & mask) === mask) isPassedBy = true;
          continue;
        }
        const target = edgeTargets[edge];
        if (reached[target] !== 0) continue;
        if ((bits & EdgeClass.EPHEMERON) !== 0 && !this.#isSecondHalf(edge)) continue;
        reached[target] = 1;
        queue[length++] = target;
      }
      if (isPassedBy) this.passedBy.push(node as NodeOrdinal);
    }
    this.#length = length;
  }

  /** By node ordinal, UNREACHABLE where no phase came by; length nodeCount. */
  toArray(): Int32Array {
    const distances = new Int32Array(this.#graph.nodeCount).fill(UNREACHABLE);
    let i = 0;
    for (const { distance, end } of this.#levels) {
      for (; i < end; i++) distances[this.#queue[i]] = distance;
    }
    return distances;
  }

  /** The distances of a few nodes, asked once; those no phase came by are missing. */
  of(nodes: Iterable<NodeOrdinal>): ReadonlyMap<NodeOrdinal, number> {
    for (const node of nodes) if (this.#reached[node] !== 0) this.#reached[node] = ASKED;
    const found = new Map<NodeOrdinal, number>();
    let i = 0;
    for (const { distance, end } of this.#levels) {
      for (; i < end; i++) {
        const node = this.#queue[i];
        if (this.#reached[node] === ASKED) found.set(node as NodeOrdinal, distance);
      }
    }
    return found;
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
