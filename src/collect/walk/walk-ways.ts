import { originOf } from '../../engine/references/holder.js';
import { RootBand } from '../../graph/compute-distances.js';
import { OrdinalMap, OrdinalSet } from '../../graph/ordinal-map.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { PriorityQueue } from '../../util/priority-queue.js';
import type { End, Neighbour } from './neighbour.js';
import { keepsAlive } from './rank-holders.js';

/** The holders of objects as a search for roots sees them. */
export interface HolderGraph {
  readonly holdersOf: (node: NodeOrdinal) => readonly Neighbour[];
  /** False for garbage, even if a living key of a WeakMap whose table is dead points to it. */
  readonly isReachable: (node: NodeOrdinal) => boolean;
  /** True if a path ends here: at a root, a frame, or a node that the walk does not go past. */
  readonly isEnd: (neighbour: Neighbour) => boolean;
}

/** A holder as one number: a node by its ordinal, a frame as a negative number. */
export type Holding = number;

/** A path from an object up to a root, nearest holder first. */
export type Way = readonly Holding[];

interface Step {
  readonly neighbour: Neighbour;
  readonly below: NodeOrdinal;
  readonly steps: number;
  /** The known number of steps left from there. */
  readonly left: number;
  /** The order in which steps were found; between equal ones the ranking of holders decides. */
  readonly turn: number;
}

/**
 * A root of the program is preferred to one of the runtime that is nearer by fewer than this many
 * steps.
 */
const MOST_BEYOND_END = 3;
/** Means that no path leads from here to a root. */
const NOWHERE: Holding = -(2 ** 31);

/**
 * Finds paths from objects to roots: the shortest if the holders' distances can be trusted, and
 * otherwise any path: hidden holders may leave only a longer one. Searches best first and remembers
 * both paths and dead ends; as numbers, because a path may have a million steps.
 */
export class WaysToRoots {
  readonly #graph: HolderGraph;
  readonly #next = new OrdinalMap();
  readonly #ends = new OrdinalSet();

  constructor(graph: HolderGraph) {
    this.#graph = graph;
  }

  /** True if the next holder on the path from a node is the last one. */
  endsAfter(node: NodeOrdinal): boolean {
    return this.#ends.has(node);
  }

  /** The next holder on the path from a node to a root; null when there is no path. */
  nextOf(node: NodeOrdinal): Neighbour | null {
    const next = this.#holdingOf(node);
    return next === NOWHERE ? null : this.#neighbourAt(node, next);
  }

  /** The same holder as a number. */
  holdingAfter(node: NodeOrdinal): Holding | null {
    const next = this.#holdingOf(node);
    return next === NOWHERE ? null : next;
  }

  /** True if any path leads to a root. */
  leadsToRoot(node: NodeOrdinal): boolean {
    return this.#holdingOf(node) !== NOWHERE;
  }

  /** The whole path, nearest holder first; null when there is none. */
  wayFrom(node: NodeOrdinal): Way | null {
    const way: Holding[] = [];
    for (let at = node; ; ) {
      const next = this.#holdingOf(at);
      if (next === NOWHERE) return null;
      way.push(next);
      if (this.#ends.has(at)) return way;
      at = nodeAt(next);
    }
  }

  #holdingOf(node: NodeOrdinal): Holding {
    const known = this.#next.get(node);
    if (known !== undefined) return known;
    this.#search(node);
    return this.#next.get(node) ?? NOWHERE;
  }

  #neighbourAt(node: NodeOrdinal, next: Holding): Neighbour | null {
    const isNext = (neighbour: Neighbour) => holdingOf(neighbour) === next;
    return this.#graph.holdersOf(node).find(isNext) ?? null;
  }

  /** A shortcut for the search if a node has one holder whose path is known, as most nodes have. */
  #goOn(start: NodeOrdinal): boolean {
    const [only, other] = this.#graph.holdersOf(start);
    if (only === undefined || other !== undefined || !keepsAlive(only)) return false;
    const isEnd = 'frame' in only.end || this.#graph.isEnd(only);
    if (!isEnd && !this.#leads(nodeAt(holdingOf(only)))) return false;
    if (!this.#graph.isReachable(start)) return false;
    if (isEnd) this.#ends.add(start);
    this.#next.set(start, holdingOf(only));
    return true;
  }

  #search(start: NodeOrdinal): void {
    if (this.#goOn(start)) return;
    const open = new PriorityQueue<Step>(comesFirst);
    /** the node from which each node was reached, to go back */
    const reachedFrom = new Map<NodeOrdinal, NodeOrdinal | null>([[start, null]]);
    let turn = 0;
    const expand = (below: NodeOrdinal, steps: number) => {
      for (const neighbour of this.#graph.holdersOf(below)) {
        if (!keepsAlive(neighbour)) continue;
        const left = this.#stepsLeft(neighbour);
        open.push({ neighbour, below, steps, left, turn: turn++ });
      }
    };
    if (this.#graph.isReachable(start)) expand(start, 1);
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const { end } = step.neighbour;
      const isEnd = 'frame' in end || this.#graph.isEnd(step.neighbour);
      if (isEnd || this.#leads(end.node)) {
        if (isEnd) this.#ends.add(step.below);
        this.#remember(step, reachedFrom);
        return;
      }
      if (reachedFrom.has(end.node) || this.#next.has(end.node)) continue;
      reachedFrom.set(end.node, step.below);
      expand(end.node, step.steps + 1);
    }
    for (const node of reachedFrom.keys()) this.#next.set(node, NOWHERE);
  }

  /**
   * The number of steps left after a holder: none at an end, however far the root may be from an
   * end that the program knows; such ends are preferred, but only by a few steps.
   */
  #stepsLeft(neighbour: Neighbour): number {
    const { end, distance } = neighbour;
    const isEnd = 'frame' in end || this.#graph.isEnd(neighbour);
    if (!isEnd || distance >= RootBand.SYSTEM) return distance;
    return Math.min(distance, MOST_BEYOND_END);
  }

  #leads(node: NodeOrdinal): boolean {
    const next = this.#next.get(node);
    return next !== undefined && next !== NOWHERE;
  }

  #remember(last: Step, reachedFrom: ReadonlyMap<NodeOrdinal, NodeOrdinal | null>): void {
    let next = holdingOf(last.neighbour);
    for (let at: NodeOrdinal | null = last.below; at !== null; ) {
      this.#next.set(at, next);
      next = at;
      at = reachedFrom.get(at) ?? null;
    }
  }
}

export function holdingOf({ end }: Pick<Neighbour, 'end'>): Holding {
  return originOf({ from: end });
}

/** The node of a holding: before its last step a path leads only through nodes. */
export function nodeAt(holding: Holding): NodeOrdinal {
  return holding as NodeOrdinal;
}

export function endAt(holding: Holding): End {
  return holding < 0 ? { frame: -1 - holding } : { node: holding as NodeOrdinal };
}

function comesFirst(a: Step, b: Step): boolean {
  const difference = a.steps + a.left - b.steps - b.left;
  return (
    difference < 0 ||
    (difference === 0 && (a.left < b.left || (a.left === b.left && a.turn < b.turn)))
  );
}
