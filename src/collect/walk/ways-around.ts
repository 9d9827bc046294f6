import type { NodeOrdinal } from '../../graph/ordinals.js';
import type { ChosenWays, NodeTest, UpwardWays } from './chosen-ways.js';
import { type HolderGraph, type Holding, nodeAt, WaysToRoots } from './walk-ways.js';

/** The number of holders examined for all paths of a walk that lead around its targets. */
const MOST_HOLDERS = 20_000;

/**
 * Finds paths from holders of targets to roots that do not lead through a target again, if there
 * are any: a child that points back at its parent is nearest to a root through that very target,
 * and that path does not show who else holds it.
 */
export class WaysAround implements UpwardWays {
  readonly #ways: ChosenWays;
  readonly #around: WaysToRoots;
  readonly #targets: NodeTest;
  /** True if a target is on the nearest path of a node. */
  readonly #isThrough = new Map<NodeOrdinal, boolean>();

  constructor(graph: HolderGraph, ways: ChosenWays, targets: NodeTest) {
    this.#ways = ways;
    this.#targets = targets;
    let room = MOST_HOLDERS;
    const holdersOf = (node: NodeOrdinal) => {
      if (room <= 0) return [];
      const holders = graph.holdersOf(node);
      room -= holders.length;
      return holders.filter(({ end }) => 'frame' in end || !targets.has(end.node));
    };
    this.#around = new WaysToRoots({ ...graph, holdersOf });
  }

  /** The next holder on the path from a node to a root; null when there is no path. */
  holdingAfter(node: NodeOrdinal): Holding | null {
    const chosen = this.#ways.chosenAfter(node);
    if (chosen !== undefined) return chosen;
    const next = this.#ways.holdingAfter(node);
    if (next === null || this.#targets.has(node) || !this.#leadsThroughTarget(node)) return next;
    return this.#around.holdingAfter(node) ?? next;
  }

  choose(members: readonly NodeOrdinal[]): void {
    this.#ways.choose(members, this.#targets);
  }

  #leadsThroughTarget(start: NodeOrdinal): boolean {
    const passed: NodeOrdinal[] = [];
    let isThrough: boolean | undefined;
    for (let at = start; isThrough === undefined; ) {
      isThrough = this.#targets.has(at) ? true : this.#isThrough.get(at);
      if (isThrough !== undefined) break;
      passed.push(at);
      const next = this.#ways.holdingAfter(at);
      if (next === null || this.#ways.endsAfter(at)) isThrough = false;
      else at = nodeAt(next);
    }
    for (const node of passed) this.#isThrough.set(node, isThrough);
    return isThrough;
  }
}
