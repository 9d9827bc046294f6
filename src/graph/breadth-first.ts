import { prefault } from '../util/prefault.js';
import { HAS_EXCEPTIONS } from './edge-class.js';
import { BITS_BY_TYPE, type EdgeRules } from './edge-rules.js';
import type { EdgeOrdinal, NodeOrdinal } from './ordinals.js';
import { EdgeType } from './types.js';

/** The distance of a node that the search has not reached. */
export const UNREACHABLE = -1;

/**
 * Levels below this fit one byte beside "not reached"; deeper ones are marked FAR and stored in a
 * separate column.
 */
const FAR = 255;

/** The parts of a graph that a search needs: columns, which another thread can see, too. */
export interface Traversal {
  readonly nodeCount: number;
  readonly rules: EdgeRules;
  /** For an edge that is half of a WeakMap entry: the part of its name that both halves share. */
  pairOf(edge: EdgeOrdinal): string;
}

/** The result of a search. */
export interface Levels {
  /** 0 if not reached, else 1 + the level or FAR: nearly all levels fit a byte. */
  readonly marks: Uint8Array;
  /** The levels of nodes marked FAR; only few heaps have any. */
  readonly farLevels: Uint32Array | null;
  /** Distance of the nodes of each level. */
  readonly levelDistances: readonly number[];
}

/** The number of steps from the roots, by node. */
export class Distances {
  readonly #levels: Levels;

  constructor(levels: Levels) {
    this.#levels = levels;
  }

  /** The distance of a node; UNREACHABLE if not reached. */
  of(node: NodeOrdinal): number {
    const { marks, farLevels, levelDistances } = this.#levels;
    const mark = marks[node];
    if (mark === 0) return UNREACHABLE;
    return levelDistances[mark === FAR && farLevels !== null ? farLevels[node] : mark - 1];
  }
}

/**
 * A breadth-first search along outgoing edges that can be resumed in phases: nodes that an earlier
 * phase reached keep their distance. WeakMap values are only entered through the second half of
 * their pair, so they come after both key and table.
 */
export class BreadthFirst {
  /** Nodes with an edge that was skipped as unwanted, in the order reached. */
  readonly passedBy: NodeOrdinal[] = [];
  readonly #graph: Traversal;
  /**
   * The current level, and the next one from the other end of the array: together they never have
   * more nodes than the graph, and the same few pages serve all levels.
   */
  readonly #queue: Uint32Array;
  readonly #marks: Uint8Array;
  #farLevels: Uint32Array | null = null;
  readonly #levelDistances: number[] = [];
  /**
   * The number of nodes of the next level; `#isAtEnd` says whether it begins at the end of the
   * queue.
   */
  #length = 0;
  #isAtEnd = false;
  readonly #pendingPairs = new Set<string>();

  /** @param queue scratch memory with room for every node, until the last phase has run. */
  constructor(graph: Traversal, queue: Uint32Array) {
    this.#graph = graph;
    this.#marks = prefault(new Uint8Array(graph.nodeCount));
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
   * Continues along the edges whose class has all bits of `wanted` and none of `unwanted`.
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

  /** The result so far. */
  get levels(): Levels {
    const [marks, farLevels] = [this.#marks, this.#farLevels];
    return { marks, farLevels, levelDistances: this.#levelDistances };
  }

  /** Follows the nodes of the next level; the nodes it reaches are the level after that. */
  #followLevel(wanted: number, mask: number): void {
    const { rules } = this.#graph;
    const { owners } = rules;
    const { firstEdge, edgeTypes, edgeTargets, edgeNames, ephemeronNames } = rules.columns;
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
      const owner = owners[node];
      const isUsual = (owner & HAS_EXCEPTIONS) === 0;
      let isPassedBy = false;
      for (let edge = firstEdge[node]; edge < endEdge; edge++) {
        const type = edgeTypes[edge];
        // an edge to the node itself leads nowhere new, so the usual bits are sufficient
        const bits = isUsual ? BITS_BY_TYPE[(owner << 8) | type] : rules.bitsOf(edge, node);
        if ((bits & mask) !== wanted) {
          if ((bits & mask) === mask) isPassedBy = true;
          continue;
        }
        const target = edgeTargets[edge];
        if (marks[target] !== 0) continue;
        const isHalf = type === EdgeType.internal && ephemeronNames[edgeNames[edge]] === 1;
        if (isHalf && !this.#isSecondHalf(edge)) continue;
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

  /**
   * The mark of a level; allocates the column for levels that do not fit a byte when the first one
   * occurs.
   */
  #markOf(level: number): number {
    if (level + 1 < FAR) return level + 1;
    this.#farLevels ??= new Uint32Array(this.#graph.nodeCount);
    return FAR;
  }

  #isSecondHalf(edge: number): boolean {
    const pair = this.#graph.pairOf(edge as EdgeOrdinal);
    if (this.#pendingPairs.delete(pair)) return true;
    this.#pendingPairs.add(pair);
    return false;
  }
}
