import type { Subgraph, SubgraphEdge, SubgraphNode } from '../../collect/picture/subgraph.js';
import { unfoldRows } from './unfold-rows.js';

/** One step up: a holder and all its references to the object below it. */
export interface Link {
  readonly holder: SubgraphNode;
  readonly edges: readonly SubgraphEdge[];
}

/** A path from a target up; its last holder is a root, another target, a cut or a dead end. */
export type Chain = readonly Link[];

export interface Chains {
  /** Shortest first. */
  readonly chains: readonly Chain[];
  /** False if there are more than were searched for. */
  readonly isComplete: boolean;
}

/**
 * The limit of chains: enough to choose from and to count. A picture can have an astronomic number
 * of paths.
 */
const MOST_CHAINS = 100;
const MOST_STEPS = 10_000;

/**
 * The chains to search for: those that end at something that keeps itself alive, or those cut off.
 */
export type ChainEnd = 'kept' | 'cut';

/** The drawn references that keep something alive, as steps from the held object to the holder. */
export class ChainFinder {
  readonly #up = new Map<string, Map<string, Link & { readonly edges: SubgraphEdge[] }>>();
  readonly #down = new Map<string, Set<string>>();
  readonly #nodes: ReadonlyMap<string, SubgraphNode>;
  readonly #targets: ReadonlySet<string>;

  constructor(picture: Subgraph) {
    const { nodes, edges, targets } = unfoldRows(picture);
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#targets = new Set(targets);
    for (const edge of edges) {
      const holder = this.#nodes.get(edge.from);
      if (edge.weak || edge.from === edge.to || holder === undefined) continue;
      // paths that are drawn as one box are not described by any of their steps
      if (isWays(holder) || isWays(this.#nodes.get(edge.to))) continue;
      const links = this.#up.get(edge.to) ?? new Map();
      this.#up.set(edge.to, links);
      const link = links.get(edge.from) ?? { holder, edges: [] };
      links.set(edge.from, link);
      link.edges.push(edge);
      this.#down.set(edge.from, (this.#down.get(edge.from) ?? new Set()).add(edge.to));
    }
  }

  /** The holders of a node by references that keep it alive. */
  linksTo(id: string): readonly Link[] {
    return [...(this.#up.get(id)?.values() ?? [])];
  }

  /**
   * The paths from a target to an end, no node twice, shortest first, in the order of the picture.
   */
  find(start: string, end: ChainEnd): Chains {
    const steps = this.#stepsTo(end, start);
    const best = steps.get(start);
    if (best === undefined) return { chains: [], isComplete: true };
    return new Search({ start, steps, linksTo: (id) => this.linksTo(id) }).run(best);
  }

  /**
   * Steps to the nearest end of that kind, by node; does not walk through ends of the other kind.
   */
  #stepsTo(end: ChainEnd, start: string): ReadonlyMap<string, number> {
    const steps = new Map<string, number>();
    for (const id of this.#nodes.keys()) {
      if (id !== start && this.#endOf(id) === end) steps.set(id, 0);
    }
    // a Map can grow while it is iterated, so it serves as the queue
    for (const [id, count] of steps) {
      if (id === start) continue;
      for (const held of this.#down.get(id) ?? []) {
        const isOpen = held === start || this.#endOf(held) === null;
        if (isOpen && !steps.has(held)) steps.set(held, count + 1);
      }
    }
    return steps;
  }

  #endOf(id: string): ChainEnd | null {
    const role = this.#nodes.get(id)?.role;
    if (role === 'root' || this.#targets.has(id)) return 'kept';
    // a cut in the middle of a path has holders, one at its end has none
    return this.#up.has(id) ? null : 'cut';
  }
}

interface Way {
  readonly id: string;
  readonly link: Link | null;
  readonly below: Way | null;
  readonly length: number;
}

interface SearchSpace {
  readonly start: string;
  readonly steps: ReadonlyMap<string, number>;
  readonly linksTo: (id: string) => readonly Link[];
}

/**
 * Best-first search: a path's length so far plus the rest is exact except for cycles, so paths are
 * found in order of length, the first one without a detour.
 */
class Search {
  readonly #space: SearchSpace;
  readonly #waiting = new Map<number, Way[]>();
  readonly #found: Chain[] = [];

  constructor(space: SearchSpace) {
    this.#space = space;
  }

  run(best: number): Chains {
    this.#waiting.set(best, [{ id: this.#space.start, link: null, below: null, length: 0 }]);
    const mostSteps = MOST_STEPS + best;
    let length = best;
    for (let step = 0; this.#waiting.size > 0; step++) {
      while (!this.#waiting.has(length)) length += 1;
      if (step === mostSteps || this.#found.length === MOST_CHAINS) {
        return { chains: this.#found, isComplete: false };
      }
      this.#advance(this.#take(length), best);
    }
    return { chains: this.#found, isComplete: true };
  }

  #take(length: number): Way {
    const ways = this.#waiting.get(length) as Way[];
    const way = ways.pop() as Way;
    if (ways.length === 0) this.#waiting.delete(length);
    return way;
  }

  #advance(way: Way, best: number): void {
    const { start, steps, linksTo } = this.#space;
    if (way.id !== start && steps.get(way.id) === 0) {
      this.#found.push(linksOf(way));
      return;
    }
    for (const link of [...linksTo(way.id)].reverse()) {
      const { id } = link.holder;
      const left = steps.get(id);
      const total = way.length + 1 + (left ?? 0);
      // a path without a detour gets closer with every step, so it cannot pass a node twice
      if (left === undefined || (total > best && passes(way, id))) continue;
      const waiting = this.#waiting.get(total) ?? [];
      this.#waiting.set(total, waiting);
      waiting.push({ id, link, below: way, length: way.length + 1 });
    }
  }
}

function passes(way: Way, id: string): boolean {
  for (let at: Way | null = way; at !== null; at = at.below) if (at.id === id) return true;
  return false;
}

function linksOf(way: Way): Chain {
  const links: Link[] = [];
  for (let at: Way | null = way; at?.link; at = at.below) links.push(at.link);
  return links.reverse();
}

function isWays(node: SubgraphNode | undefined): boolean {
  return node?.is?.kind === 'omitted' && (node.is.reason === 'between' || node.is.reason === 'own');
}
