import type { Distances } from './breadth-first.js';
import { EdgeClass } from './edge-class.js';
import type { HeapGraph } from './heap-graph.js';
import type { NodeOrdinal } from './ordinals.js';

/**
 * The number of incoming edges examined for one node, and for all of them, before all distances are
 * computed.
 */
const MOST_EDGES = 10_000;
const MOST_EDGES_IN_ALL = 100_000;
/**
 * In a smaller heap, the limit is its number of edges, because computing all distances takes that
 * long; but at least this many.
 */
const LEAST_EDGES_IN_ALL = 100;

/** The nodes that distances are counted from. Listing them all may take a pass over the heap. */
export interface Starts {
  has(node: NodeOrdinal): boolean;
  all(): Iterable<NodeOrdinal>;
}

/** The start nodes and the edges along which distances are counted. */
export interface DistanceQuestion {
  /** Nodes at distance 1. */
  readonly starts: Pick<Starts, 'has'>;
  /** An edge counts if its class has all bits of `wanted` and none of `unwanted`. */
  readonly wanted: number;
  readonly unwanted: number;
  /** Added to the steps from the root for a node that no start reaches. */
  readonly fromRoot: number;
}

/**
 * Distances of the few nodes that a picture needs: searches the holders of each node backwards
 * until it finds a start, which takes a few hundred edges, while a search from the starts goes over
 * all of them. If that gives no answer, the distances of all nodes are computed.
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

  /** The distance of a node; UNREACHABLE if not reached. */
  of(node: NodeOrdinal): number {
    if (this.#all !== null) return this.#all.of(node);
    const known = this.#known.get(node) ?? this.#search(node);
    if (known === null) return this.all().of(node);
    this.#known.set(node, known);
    return known;
  }

  /** The distances of all nodes: for questions about many of them. */
  all(): Distances {
    this.#all ??= this.#computeAll();
    return this.#all;
  }

  /** Null if it takes too long, and if the order matters in which WeakMap entries are reached. */
  #search(node: NodeOrdinal): number | null {
    const { starts, fromRoot } = this.#question;
    const search = { passed: new Set([node]), edges: 0, halfAt: Number.POSITIVE_INFINITY };
    let stepsFromRoot = -1;
    let level: readonly NodeOrdinal[] = [node];
    for (let steps = 0; level.length > 0; steps++) {
      if (level.some((held) => starts.has(held))) {
        // a path through an entry that was met earlier may be shorter
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
  /** The fewest steps at which a half of a WeakMap entry was met. */
  halfAt: number;
}
