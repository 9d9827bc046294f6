import type { Distances } from './breadth-first.js';
import { EdgeClass } from './edge-class.js';
import type { HeapGraph } from './heap-graph.js';
import type { NodeOrdinal } from './ordinals.js';

/** Incoming edges looked at for one node, and for all of them, before all distances are worked out. */
const MOST_EDGES = 10_000;
const MOST_EDGES_IN_ALL = 100_000;
/** In a smaller heap, not more than it has, because that is what working them all out takes; but so many. */
const LEAST_EDGES_IN_ALL = 100;

/** Where distances are counted from. To list them all may take a pass over the heap. */
export interface Starts {
  has(node: NodeOrdinal): boolean;
  all(): Iterable<NodeOrdinal>;
}

/** From where and along which edges distances are counted. */
export interface DistanceQuestion {
  /** At distance 1. */
  readonly starts: Pick<Starts, 'has'>;
  /** Edges count whose class has all bits of `wanted` and none of `unwanted`. */
  readonly wanted: number;
  readonly unwanted: number;
  /** What a node that no start reaches has on top of its steps from the root. */
  readonly fromRoot: number;
}

/**
 * Distances of the few nodes that a picture asks for: from each, its holders are searched backwards until
 * there is a start, which is a matter of a few hundred edges where a search from the starts goes over
 * all of them. What that cannot tell is looked up among the distances of all nodes.
 */
export class NearDistances {
  readonly #graph: HeapGraph;
  readonly #question: DistanceQuestion;
  readonly #computeAll: () => Distances;
  readonly #known = new Map<NodeOrdinal, number>();
  #all: Distances | null = null;
  #budget: number;

  /** @param computeAll the same distances by a search from the starts. */
  constructor(graph: HeapGraph, question: DistanceQuestion, computeAll: () => Distances) {
    this.#graph = graph;
    this.#question = question;
    this.#computeAll = computeAll;
    this.#budget = Math.min(MOST_EDGES_IN_ALL, Math.max(LEAST_EDGES_IN_ALL, graph.edgeCount));
  }

  /** UNREACHABLE where no search comes by. */
  of(node: NodeOrdinal): number {
    if (this.#all !== null) return this.#all.of(node);
    const known = this.#known.get(node) ?? this.#search(node);
    if (known === null) return this.all().of(node);
    this.#known.set(node, known);
    return known;
  }

  /** Those of all nodes: for questions about many of them. */
  all(): Distances {
    this.#all ??= this.#computeAll();
    return this.#all;
  }

  /** Null where it takes too long, and where the order matters in which WeakMap entries are reached. */
  #search(node: NodeOrdinal): number | null {
    const { starts, fromRoot } = this.#question;
    const search = { passed: new Set([node]), edges: 0, halfAt: Number.POSITIVE_INFINITY };
    let stepsFromRoot = -1;
    let level: readonly NodeOrdinal[] = [node];
    for (let steps = 0; level.length > 0; steps++) {
      if (level.some((held) => starts.has(held))) {
        // a way through an entry that was met earlier may be shorter
        return search.halfAt + 1 < steps ? null : steps + 1;
      }
      if (stepsFromRoot < 0 && level.includes(this.#graph.root)) stepsFromRoot = steps;
      const next = this.#holdersOf(level, steps, search);
      if (next === null) return null;
      level = next;
    }
    const isKnown = stepsFromRoot >= 0 && search.halfAt === Number.POSITIVE_INFINITY;
    return isKnown ? fromRoot + stepsFromRoot : null;
  }

  #holdersOf(level: readonly NodeOrdinal[], steps: number, search: Search): NodeOrdinal[] | null {
    const { wanted, unwanted } = this.#question;
    const graph = this.#graph;
    const next: NodeOrdinal[] = [];
    for (const held of level) {
      const count = graph.countRetainersOf(held);
      search.edges += count;
      this.#budget -= count;
      if (search.edges > MOST_EDGES || this.#budget < 0) return null;
      for (const edge of graph.retainersOf(held)) {
        const owner = graph.ownerOf(edge);
        const bits = graph.rules.bitsOf(edge, owner);
        if ((bits & (wanted | unwanted)) !== wanted) continue;
        if ((bits & EdgeClass.EPHEMERON) !== 0) search.halfAt = Math.min(search.halfAt, steps);
        else if (!search.passed.has(owner)) {
          search.passed.add(owner);
          next.push(owner);
        }
      }
    }
    return next;
  }
}

interface Search {
  readonly passed: Set<NodeOrdinal>;
  edges: number;
  /** The fewest steps at which a half of a WeakMap entry came in. */
  halfAt: number;
}
