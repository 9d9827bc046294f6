import { OrdinalMap, OrdinalSet } from '../../graph/ordinal-map.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { type CommonWay, findCommonWays, isExactly, type StepUp } from './common-way.js';
import type { Neighbour } from './neighbour.js';
import { keepsAlive } from './rank-holders.js';
import {
  type HolderGraph,
  type Holding,
  holdingOf,
  nodeAt,
  type WaysToRoots,
} from './walk-ways.js';

/** The holders of objects, and what these have in common. */
export interface LikeHolderGraph extends HolderGraph {
  /** The class of a holder and the kind of reference. */
  readonly likenessOf: (neighbour: Neighbour) => string;
  /** True if a path ends at a holder; null if that depends on the reference. */
  readonly isEndAt: (holding: Holding) => boolean | null;
  /** The number of steps from a root. */
  readonly distanceOf: (node: NodeOrdinal) => number;
}

/** Paths up, object by object. */
export interface UpwardWays {
  /** The next holder on the path from a node to a root; null when there is no path. */
  readonly holdingAfter: (node: NodeOrdinal) => Holding | null;
  /** Chooses the paths of objects that are drawn as one. */
  readonly choose: (members: readonly NodeOrdinal[]) => void;
}

/** A set of nodes to test against. */
export type NodeTest = Pick<OrdinalSet, 'has'>;

const NONE: NodeTest = new Set<NodeOrdinal>();

/**
 * Paths from objects to roots, chosen together for all objects that are drawn as one: if each
 * followed its own nearest holder, they would take different paths, and no number on these would
 * apply to the group.
 */
export class ChosenWays implements UpwardWays {
  readonly #graph: LikeHolderGraph;
  readonly #ways: WaysToRoots;
  /** The chosen holders; a node in this map has its whole path to a root in it. */
  readonly #chosen = new OrdinalMap();

  constructor(graph: LikeHolderGraph, ways: WaysToRoots) {
    this.#graph = graph;
    this.#ways = ways;
  }

  /** The holder that was chosen for a node. */
  chosenAfter(node: NodeOrdinal): Holding | undefined {
    return this.#chosen.get(node);
  }

  /** The next holder on the path from a node to a root; null when there is no path. */
  holdingAfter(node: NodeOrdinal): Holding | null {
    return this.#chosen.get(node) ?? this.#ways.holdingAfter(node);
  }

  nextOf(node: NodeOrdinal): Neighbour | null {
    const chosen = this.#chosen.get(node);
    if (chosen === undefined) return this.#ways.nextOf(node);
    const isChosen = (neighbour: Neighbour) => holdingOf(neighbour) === chosen;
    return this.#graph.holdersOf(node).find(isChosen) ?? null;
  }

  /** True if the next holder on the path from a node is the last one. */
  endsAfter(node: NodeOrdinal): boolean {
    const chosen = this.#chosen.get(node);
    if (chosen === undefined) return this.#ways.endsAfter(node);
    const isEnd = this.#graph.isEndAt(chosen);
    if (isEnd !== null) return isEnd;
    const next = this.nextOf(node);
    return next === null || 'frame' in next.end || this.#graph.isEnd(next);
  }

  /**
   * Chooses the paths of objects that are drawn as one.
   *
   * @param avoided nodes that no path leads through, unless there is no other.
   */
  choose(members: readonly NodeOrdinal[], avoided: NodeTest = NONE): void {
    const { distanceOf, isReachable } = this.#graph;
    const open = members.filter((node) => !this.#chosen.has(node) && isReachable(node));
    if (open.length < 2) return;
    const inside = new OrdinalSet();
    for (const node of open) inside.add(node);
    const isOut = (node: NodeOrdinal) => avoided.has(node);
    const stepsFrom = (node: NodeOrdinal, start: NodeOrdinal) =>
      this.#stepsFrom(node).flatMap((step) => {
        if (step.isEnd || step.to < 0) return [step];
        const at = nodeAt(step.to);
        if (isOut(at)) return [];
        if (!inside.has(at)) return [step];
        // the path of a member that is nearer to a root is chosen first
        return distanceOf(at) < distanceOf(start) ? [{ ...step, isEnd: true }] : [];
      });
    const ways = findCommonWays(open, stepsFrom, distanceOf);
    if (ways.length === 0) return;
    const isClosed = (node: NodeOrdinal) => inside.has(node) || isOut(node);
    const sorted = open.sort((a, b) => distanceOf(a) - distanceOf(b));
    const climbs = ways.map((way) => new Climb(way, this.#climbGraph(isClosed)));
    const isLed = (node: NodeOrdinal) =>
      this.#chosen.has(node) || climbs.some((climb) => this.#lead(node, climb));
    // the path of one may end at the path of another
    const left = sorted.filter((node) => !isLed(node));
    for (const node of left) if (!isLed(node)) this.#leadNearest(node, isOut);
  }

  #stepsFrom(node: NodeOrdinal): readonly StepUp[] {
    return this.#graph.holdersOf(node).flatMap((neighbour) => {
      if (!keepsAlive(neighbour)) return [];
      const to = holdingOf(neighbour);
      const isEnd = this.#isSettled(neighbour);
      const distance = isEnd ? 0 : neighbour.distance;
      return [{ to, like: this.#graph.likenessOf(neighbour), distance, isEnd }];
    });
  }

  /** True if the rest of the path from a holder is known. */
  #isSettled(neighbour: Neighbour): boolean {
    const { end } = neighbour;
    return 'frame' in end || this.#chosen.has(end.node) || this.#graph.isEnd(neighbour);
  }

  /** Chooses the path of a node, if it can take the common one. */
  #lead(node: NodeOrdinal, climb: Climb): boolean {
    const found = climb.wayFrom(node);
    if (found === null) return false;
    for (const [below, holding] of found) this.#chosen.set(below, holding);
    return true;
  }

  #climbGraph(isClosed: (node: NodeOrdinal) => boolean): ClimbGraph {
    return {
      holdersOf: (below) => allThat(keepsAlive, this.#graph.holdersOf(below)),
      likenessOf: this.#graph.likenessOf,
      isSettled: (neighbour) => this.#isSettled(neighbour),
      isClosed,
      preferred: (below) => this.#ways.holdingAfter(below),
    };
  }

  #leadNearest(node: NodeOrdinal, isOut: (node: NodeOrdinal) => boolean): void {
    const found = new Map<NodeOrdinal, Holding>();
    for (let at = node; !this.#chosen.has(at); ) {
      const next = this.#ways.holdingAfter(at);
      if (next === null) return;
      found.set(at, next);
      if (this.#ways.endsAfter(at)) break;
      at = nodeAt(next);
      if (isOut(at)) return;
    }
    for (const [below, holding] of found) this.#chosen.set(below, holding);
  }
}

interface ClimbGraph {
  readonly holdersOf: (node: NodeOrdinal) => readonly Neighbour[];
  readonly likenessOf: (neighbour: Neighbour) => string;
  readonly isSettled: (neighbour: Neighbour) => boolean;
  readonly isClosed: (node: NodeOrdinal) => boolean;
  /** The holder that is tried first. */
  readonly preferred: (node: NodeOrdinal) => Holding | null;
}

/** Finds holders by which nodes can take a common path, each to its end. */
class Climb {
  readonly #way: CommonWay;
  readonly #graph: ClimbGraph;
  /** The holders found, by the node below. */
  readonly #found = new Map<NodeOrdinal, Holding>();
  /** Dead ends: nodes with the step that would be next. */
  readonly #dead = new Set<string>();

  constructor(way: CommonWay, graph: ClimbGraph) {
    this.#way = way;
    this.#graph = graph;
  }

  /** The holders on the path, by the node below each; valid until the next call. */
  wayFrom(node: NodeOrdinal): ReadonlyMap<NodeOrdinal, Holding> | null {
    if (this.#found.size > 0) this.#found.clear();
    const { loopTo } = this.#way;
    let at = node;
    for (let from = 0; ; from = loopTo ?? 0) {
      if (this.#dead.size > 0) this.#dead.clear();
      const top = this.#run(at, from);
      if (top === 'end') return this.#found;
      if (top === null || loopTo === null) return null;
      at = top;
    }
  }

  #run(node: NodeOrdinal, place: number): NodeOrdinal | 'end' | null {
    const step = this.#way.steps[place];
    if (step === undefined) return node;
    if (this.#found.has(node)) return null;
    if (this.#dead.size > 0 && this.#dead.has(`${node} ${place}`)) return null;
    for (const neighbour of this.#inOrder(node)) {
      const to = holdingOf(neighbour);
      if (!isExactly(step, to) && step !== this.#graph.likenessOf(neighbour)) continue;
      const isEnd = this.#graph.isSettled(neighbour);
      if (!isEnd && this.#graph.isClosed(nodeAt(to))) continue;
      this.#found.set(node, to);
      const top = isEnd ? 'end' : this.#run(nodeAt(to), place + 1);
      if (top !== null) return top;
      this.#found.delete(node);
    }
    this.#dead.add(`${node} ${place}`);
    return null;
  }

  #inOrder(node: NodeOrdinal): readonly Neighbour[] {
    const holders = this.#graph.holdersOf(node);
    // even for a single holder: a known path may be part of the path of another node
    const preferred = this.#graph.preferred(node);
    if (holders.length < 2) return holders;
    const index = holders.findIndex((neighbour) => holdingOf(neighbour) === preferred);
    const first = holders[index];
    return first === undefined ? holders : [first, ...holders.toSpliced(index, 1)];
  }
}

/** The list without items that fail the test; the list itself if none fail. */
function allThat<T>(holds: (item: T) => boolean, list: readonly T[]): readonly T[] {
  return list.every(holds) ? list : list.filter(holds);
}
