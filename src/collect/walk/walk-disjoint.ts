import type { NodeOrdinal } from '../../graph/ordinals.js';
import { PriorityQueue } from '../../util/priority-queue.js';
import { type EndKey, endKey, type Neighbour } from './neighbour.js';
import { keepsAlive } from './rank-holders.js';
import type { HolderGraph } from './walk-ways.js';

/**
 * A state of the search. A node that is already on a path may be entered from another one only to
 * undo that path's step into it: `in` means that only this can follow, `out` that any holder can.
 */
interface Place {
  readonly node: NodeOrdinal;
  readonly side: 'in' | 'out';
  /** The total length of the paths so far, counted from here; an undone step counts negative. */
  readonly steps: number;
  /** The known distance from a root. */
  readonly distance: number;
  /** The order in which places were found. */
  readonly turn: number;
  readonly before: Place | null;
  /** The change made by the step to this place. */
  readonly change: Change | null;
}

interface Change {
  readonly below: NodeOrdinal;
  readonly via: Neighbour;
  readonly add: boolean;
}

const START = { side: 'out', steps: 0, distance: 0, turn: 0, before: null, change: null } as const;

/**
 * Finds up to `limit` paths from `source` up to `sink`, or to any root if that is null, that share
 * no node in between: a maximum flow with capacity one in every node, path by path (Ford and
 * Fulkerson; Even, "Graph Algorithms", 6.1). A later path may reroute earlier ones, so none is
 * missed.
 *
 * @returns the shortest first.
 */
export function findDisjointPaths(
  graph: HolderGraph,
  source: NodeOrdinal,
  sink: NodeOrdinal | null,
  limit: number,
): readonly (readonly Neighbour[])[] {
  const flow = new WayFlow(graph, source, sink);
  while (flow.count < limit && flow.augment());
  return flow.ways().sort((a, b) => a.length - b.length);
}

class WayFlow {
  readonly #graph: HolderGraph;
  readonly #source: NodeOrdinal;
  readonly #sink: NodeOrdinal | null;
  /** Steps of the paths, by the node they leave: several at the source, one elsewhere. */
  readonly #steps = new Map<NodeOrdinal, Map<EndKey, Neighbour>>();
  /** The step by which a path enters a node. */
  readonly #entered = new Map<NodeOrdinal, { below: NodeOrdinal; via: Neighbour }>();
  #turn = 0;

  constructor(graph: HolderGraph, source: NodeOrdinal, sink: NodeOrdinal | null) {
    this.#graph = graph;
    this.#source = source;
    this.#sink = sink;
  }

  get count(): number {
    return this.#steps.get(this.#source)?.size ?? 0;
  }

  /** Makes room for one more path. */
  augment(): boolean {
    const open = new PriorityQueue<Place>(comesFirst);
    const seen = new Set<string>();
    open.push({ ...START, node: this.#source });
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const key = `${place.side} ${place.node}`;
      if (place.change?.add && this.#isSink(place.change.via)) {
        this.#apply(place);
        return true;
      }
      if (seen.has(key)) continue;
      seen.add(key);
      for (const next of this.#nextPlaces(place)) open.push(next);
    }
    return false;
  }

  ways(): Neighbour[][] {
    const starts = [...(this.#steps.get(this.#source)?.values() ?? [])];
    return starts.map((start) => {
      const way = [start];
      for (let last = start; !this.#isSink(last); way.push(last)) {
        const { node } = last.end as { node: NodeOrdinal };
        last = [...(this.#steps.get(node)?.values() ?? [])][0] as Neighbour;
      }
      return way;
    });
  }

  *#nextPlaces(place: Place): Iterable<Place> {
    const { node, side } = place;
    const entered = this.#entered.get(node);
    if (entered !== undefined) {
      if (side === 'out') yield this.#placeAfter(place, node, 'in', null);
      else {
        yield this.#placeAfter(place, entered.below, 'out', { ...entered, add: false });
        return;
      }
    }
    const taken = this.#steps.get(node);
    for (const via of this.#graph.holdersOf(node)) {
      if (!keepsAlive(via) || taken?.has(endKey(via.end))) continue;
      const change = { below: node, via, add: true };
      if (this.#isSink(via)) yield this.#placeAfter(place, node, 'out', change);
      else if (!('frame' in via.end) && !this.#graph.isEnd(via) && via.end.node !== this.#source) {
        const isTaken = this.#entered.has(via.end.node);
        yield this.#placeAfter(place, via.end.node, isTaken ? 'in' : 'out', change);
      }
    }
  }

  #placeAfter(
    before: Place,
    node: NodeOrdinal,
    side: Place['side'],
    change: Place['change'],
  ): Place {
    const steps = before.steps + (change === null ? 0 : change.add ? 1 : -1);
    const distance = change?.add ? change.via.distance : before.distance;
    return { node, side, steps, distance, turn: this.#turn++, before, change };
  }

  #isSink(via: Neighbour): boolean {
    if (this.#sink !== null) return 'node' in via.end && via.end.node === this.#sink;
    return 'frame' in via.end || this.#graph.isEnd(via);
  }

  #apply(last: Place): void {
    for (let place: Place | null = last; place !== null; place = place.before) {
      if (place.change === null) continue;
      const { below, via, add } = place.change;
      const steps = this.#steps.get(below) ?? new Map<EndKey, Neighbour>();
      this.#steps.set(below, steps);
      if (add) steps.set(endKey(via.end), via);
      else steps.delete(endKey(via.end));
    }
    this.#entered.clear();
    for (const way of this.ways()) {
      let below = this.#source;
      for (const via of way.slice(0, -1)) {
        const { node } = via.end as { node: NodeOrdinal };
        this.#entered.set(node, { below, via });
        below = node;
      }
    }
  }
}

function comesFirst(a: Place, b: Place): boolean {
  const [x, y] = [a.steps + a.distance, b.steps + b.distance];
  return (
    x < y ||
    (x === y && (a.distance < b.distance || (a.distance === b.distance && a.turn < b.turn)))
  );
}
