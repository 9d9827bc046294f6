import { computeDistances, nearDistances } from '../graph/compute-distances.js';
import { computeDominators } from '../graph/compute-dominators.js';
import { computeRetainedSizes, type RetainedSizes } from '../graph/compute-retained-sizes.js';
import { type DominatorColumns, Dominators } from '../graph/dominators.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NearDistances } from '../graph/near-distances.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { findGlobals, findTopObjects, type GlobalObject } from '../graph/user-roots.js';
import type { Answer } from '../util/second-thread.js';
import { Contexts } from './contexts.js';
import { Scripts } from './scripts.js';

/** What a second thread is finding out. */
export interface FactsAhead {
  readonly dominators?: Answer<DominatorColumns>;
}

/**
 * What is worth knowing about a heap beyond its edges, each worked out when first asked for and
 * then kept: a plain picture must not pay for retained sizes.
 */
export class HeapFacts {
  readonly graph: HeapGraph;
  readonly scripts: Scripts;
  readonly contexts: Contexts;
  #globals: readonly GlobalObject[] | null = null;
  #topObjects: ReadonlySet<NodeOrdinal> | null = null;
  #globalByAlias: ReadonlyMap<NodeOrdinal, GlobalObject> | null = null;
  #distances: NearDistances | null = null;
  #dominators: Dominators | null = null;
  #queue: Uint32Array | null = null;
  #retainedSizes: RetainedSizes | null = null;

  readonly #ahead: FactsAhead;
  readonly #standIns: readonly NodeOrdinal[];

  /** @param standIns objects that programs know as the global object of a `vm` context. */
  constructor(graph: HeapGraph, ahead: FactsAhead = {}, standIns: readonly NodeOrdinal[] = []) {
    this.graph = graph;
    this.#ahead = ahead;
    this.#standIns = standIns;
    this.scripts = new Scripts(graph);
    this.contexts = new Contexts(graph, this.scripts);
  }

  get globals(): readonly GlobalObject[] {
    this.#globals ??= findGlobals(this.graph, this.#standIns);
    return this.#globals;
  }

  /** Objects that are roots without being one of the engine's: only in files of other writers than V8. */
  get topObjects(): ReadonlySet<NodeOrdinal> {
    this.#topObjects ??= findTopObjects(this.graph);
    return this.#topObjects;
  }

  /** The realm's global that this node is or stands for. */
  globalOf(node: NodeOrdinal): GlobalObject | null {
    this.#globalByAlias ??= new Map(
      this.globals.flatMap((global) => global.aliases.map((alias) => [alias, global] as const)),
    );
    return this.#globalByAlias.get(node) ?? null;
  }

  /** Scratch for one search at a time; length nodeCount. */
  get queue(): Uint32Array {
    this.#queue ??= new Uint32Array(this.graph.nodeCount);
    return this.#queue;
  }

  /** DevTools' distances. */
  get distances(): NearDistances {
    this.#distances ??= nearDistances(this.graph, () => computeDistances(this.graph, this.queue));
    return this.#distances;
  }

  get dominators(): Dominators {
    this.#dominators ??= this.#takeDominators();
    return this.#dominators;
  }

  #takeDominators(): Dominators {
    if (this.#ahead.dominators === undefined) return computeDominators(this.graph);
    const found = this.#ahead.dominators.wait();
    return found === null ? computeDominators(this.graph) : new Dominators(found);
  }

  get retainedSizes(): RetainedSizes {
    this.#retainedSizes ??= computeRetainedSizes(this.graph, this.dominators);
    return this.#retainedSizes;
  }
}
