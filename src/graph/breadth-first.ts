import { EdgeClass } from './edge-classes.js';
import type { HeapGraph } from './heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from './ordinals.js';

/** As a distance: no search has come by. */
export const UNREACHABLE = -1;

/** Levels that fit one byte beside "not reached"; what is deeper is marked FAR and has a column of its own. */
const FAR = 255;

/** Steps from the roots by node. */
export interface Distances {
  /** UNREACHABLE where no search came by. */
  of(node: NodeOrdinal): number;
}

/**
 * A breadth-first search along outgoing edges that can be resumed in phases: nodes an earlier phase
 * reached keep their distance. WeakMap values are entered through the second half of their pair
 * only, so they come after both key and table.
 */
export class BreadthFirst implements Distances {
  /** Nodes with an edge that was not followed because it was unwanted, in the order reached. */
  readonly passedBy: NodeOrdinal[] = [];
  readonly #graph: HeapGraph;
  /**
   * The level that is being followed, and the next one from the other end of the array: together
   * they never have more nodes than there are, and the same few pages serve all levels.
   */
  readonly #queue: Uint32Array;
  /** 0 until a node is in the queue, then 1 + its level or FAR: nearly all levels fit a byte. */
  readonly #marks: Uint8Array;
  /** The levels of nodes marked FAR; few heaps have any. */
  #farLevels: Uint32Array | null = null;
  readonly #levelDistances: number[] = [];
  /** How many nodes the next level has, and whether it begins at the end of the queue. */
  #length = 0;
  #isAtEnd = false;
  readonly #pendingPairs = new Set<string>();

  /** @param queue scratch with room for every node, until the last phase has run. */
  constructor(graph: HeapGraph, queue: Uint32Array) {
    this.#graph = graph;
    this.#marks = new Uint8Array(graph.nodeCount);
    this.#queue = queue;
  }

  /** Adds a start node for the next phase unless it was reached before. */
  start(node: NodeOrdinal): void {
    if (this.#marks[node] !== 0) return;
    const level = this.#levelDistances.length;
    this.#marks[node] = this.#markOf(level);
    if (this.#farLevels !== null) this.#farLevels[node] = level;
    this.#queue[this.#isAtEnd ? this.#queue.length - ++this.#length : this.#length++] = node;
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
    for (let steps = distance; this.#length > 0; steps++) {
      this.#levelDistances.push(steps);
      this.#followLevel(wanted, wanted | unwanted);
    }
  }

  of(node: NodeOrdinal): number {
    const mark = this.#marks[node];
    if (mark === 0) return UNREACHABLE;
    const level = mark === FAR && this.#farLevels !== null ? this.#farLevels[node] : mark - 1;
    return this.#levelDistances[level];
  }

  /** Follows the nodes of the next level; those it reaches are the one after it. */
  #followLevel(wanted: number, mask: number): void {
    const { edgeClasses, tables } = this.#graph;
    const { firstEdge, edgeTargets } = tables;
    const queue = this.#queue;
    const marks = this.#marks;
    const level = this.#levelDistances.length;
    const mark = this.#markOf(level);
    const farLevels = this.#farLevels;
    const last = queue.length - 1;
    const [from, step, stop] = this.#isAtEnd
      ? [last, -1, last - this.#length]
      : [0, 1, this.#length];
    let place = this.#isAtEnd ? 0 : last;
    for (let i = from; i !== stop; i += step) {
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
        if (marks[target] !== 0) continue;
        if ((bits & EdgeClass.EPHEMERON) !== 0 && !this.#isSecondHalf(edge)) continue;
        marks[target] = mark;
        if (farLevels !== null) farLevels[target] = level;
        queue[place] = target;
        place -= step;
      }
      if (isPassedBy) this.passedBy.push(node as NodeOrdinal);
    }
    this.#length = this.#isAtEnd ? place : last - place;
    this.#isAtEnd = !this.#isAtEnd;
  }

  /** Makes room for levels that do not fit a byte as soon as there is one. */
  #markOf(level: number): number {
    if (level + 1 < FAR) return level + 1;
    this.#farLevels ??= new Uint32Array(this.#graph.nodeCount);
    return FAR;
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
