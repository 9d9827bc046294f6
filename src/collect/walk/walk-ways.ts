import type { NodeOrdinal } from '../../graph/ordinals.js';
import { PriorityQueue } from '../../util/priority-queue.js';
import type { Neighbour } from './neighbour.js';
import { keepsAlive } from './rank-holders.js';

/** The holders of objects as a search for roots sees them. */
export interface HolderGraph {
  readonly holdersOf: (node: NodeOrdinal) => readonly Neighbour[];
  /** False for garbage, even where a living key of a WeakMap whose table is dead points to it. */
  readonly isReachable: (node: NodeOrdinal) => boolean;
  /** Whether a way ends here: a root, a frame, or what the walk does not go past. */
  readonly isEnd: (neighbour: Neighbour) => boolean;
}

interface Step {
  readonly neighbour: Neighbour;
  readonly below: NodeOrdinal;
  readonly steps: number;
  /** In which order steps were found; the ranking of holders decides between equals. */
  readonly turn: number;
}

/**
 * Ways from objects to roots, the shortest where the holders' distances can be trusted, and any way
 * that there is otherwise: hidden holders may leave only a longer one. Searches best first and
 * remembers, both the ways and where there is none.
 */
export class WaysToRoots {
  readonly #graph: HolderGraph;
  readonly #next = new Map<NodeOrdinal, Neighbour | null>();

  constructor(graph: HolderGraph) {
    this.#graph = graph;
  }

  /** The holder that comes next on the way from a node to a root; null when there is no way. */
  nextOf(node: NodeOrdinal): Neighbour | null {
    if (!this.#next.has(node)) this.#search(node);
    return this.#next.get(node) ?? null;
  }

  /** The whole way, nearest holder first; null when there is none. */
  wayFrom(node: NodeOrdinal): readonly Neighbour[] | null {
    const way: Neighbour[] = [];
    for (let at = node; ; ) {
      const next = this.nextOf(at);
      if (next === null) return null;
      way.push(next);
      if ('frame' in next.end || this.#graph.isEnd(next)) return way;
      at = next.end.node;
    }
  }

  #search(start: NodeOrdinal): void {
    const open = new PriorityQueue<Step>(comesFirst);
    const reachedBy = new Map<NodeOrdinal, Step | null>([[start, null]]);
    let turn = 0;
    const expand = (below: NodeOrdinal, steps: number) => {
      for (const neighbour of this.#graph.holdersOf(below)) {
        if (keepsAlive(neighbour)) open.push({ neighbour, below, steps, turn: turn++ });
      }
    };
    if (this.#graph.isReachable(start)) expand(start, 1);
    for (let step = open.pop(); step !== undefined; step = open.pop()) {
      const { end } = step.neighbour;
      if ('frame' in end || this.#graph.isEnd(step.neighbour) || this.#next.get(end.node)) {
        this.#remember(step, reachedBy);
        return;
      }
      if (reachedBy.has(end.node) || this.#next.has(end.node)) continue;
      reachedBy.set(end.node, step);
      expand(end.node, step.steps + 1);
    }
    for (const node of reachedBy.keys()) this.#next.set(node, null);
  }

  #remember(last: Step, reachedBy: ReadonlyMap<NodeOrdinal, Step | null>): void {
    for (let step: Step | null = last; step !== null; step = reachedBy.get(step.below) ?? null) {
      this.#next.set(step.below, step.neighbour);
    }
  }
}

function comesFirst(a: Step, b: Step): boolean {
  const [x, y] = [a.neighbour.distance, b.neighbour.distance];
  return (
    a.steps + x < b.steps + y ||
    (a.steps + x === b.steps + y && (x < y || (x === y && a.turn < b.turn)))
  );
}
