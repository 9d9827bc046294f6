import { computeDistances, nearDistances } from '../graph/compute-distances.js';
import { computeDominators } from '../graph/compute-dominators.js';
import { computeRetainedSizes, type RetainedSizes } from '../graph/compute-retained-sizes.js';
import { type DominatorColumns, Dominators } from '../graph/dominators.js';
import type { HeapGraph } from '../graph/heap-graph.js';
import type { NearDistances } from '../graph/near-distances.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { findTopObjects, type GlobalObject } from '../graph/user-roots.js';
import type { Answer } from '../util/second-thread.js';
import { Contexts } from './code/contexts.js';
import { Scripts } from './code/scripts.js';
import { findUnusedCaptures, type UnusedCapture } from './code/unused-captures.js';
import { CommonJs } from './roots/common-js.js';
import { type ConsoleRoot, findConsoleRoot } from './roots/console-root.js';
import { ModuleRoots } from './roots/module-roots.js';
import { NamedRoots } from './roots/named-roots.js';
import { Realms } from './roots/realms.js';

/** Facts that a second thread is computing. */
export interface FactsAhead {
  readonly dominators?: Answer<DominatorColumns>;
}

/**
 * Facts about a heap beyond its edges, each computed when first asked for and then kept: a plain
 * picture must not pay for retained sizes.
 */
export class HeapFacts {
  readonly graph: HeapGraph;
  readonly scripts: Scripts;
  readonly contexts: Contexts;
  readonly commonJs: CommonJs;
  #console: { readonly root: ConsoleRoot | null } | null = null;
  #realms: Realms | null = null;
  #modules: ModuleRoots | null = null;
  #namedRoots: NamedRoots | null = null;
  #topObjects: ReadonlySet<NodeOrdinal> | null = null;
  #distances: NearDistances | null = null;
  #dominators: Dominators | null = null;
  #queue: Uint32Array | null = null;
  #retainedSizes: RetainedSizes | null = null;
  #unusedCaptures: ReadonlyMap<EdgeOrdinal, UnusedCapture> | null = null;

  readonly #ahead: FactsAhead;
  readonly #own: readonly NodeOrdinal[];

  /** @param own further global objects that count as the program's, such as a prompt's. */
  constructor(graph: HeapGraph, ahead: FactsAhead = {}, own: readonly NodeOrdinal[] = []) {
    this.graph = graph;
    this.#ahead = ahead;
    this.#own = own;
    this.scripts = new Scripts(graph);
    this.commonJs = new CommonJs(graph);
    this.contexts = new Contexts(graph, this.scripts, this.commonJs);
  }

  /** The console of an inspector; null if it holds nothing. */
  get console(): ConsoleRoot | null {
    this.#console ??= { root: findConsoleRoot(this.graph) };
    return this.#console.root;
  }

  /** The same facts of a graph that has fewer references. */
  of(graph: HeapGraph, own = this.#own): HeapFacts {
    const facts = new HeapFacts(graph, {}, own);
    facts.scripts.follow(this.scripts.maps);
    return facts;
  }

  get globals(): readonly GlobalObject[] {
    return this.realms.globals;
  }

  get realms(): Realms {
    this.#realms ??= new Realms(this.graph, this.#own);
    return this.#realms;
  }

  /** The objects by which a program is named. */
  get namedRoots(): NamedRoots {
    this.#namedRoots ??= new NamedRoots(this.graph, this);
    return this.#namedRoots;
  }

  /** Knows which modules' scopes keep themselves alive. */
  get modules(): ModuleRoots {
    this.#modules ??= new ModuleRoots(this.graph, this);
    return this.#modules;
  }

  /** Objects that are roots without being the engine's: only in files that V8 did not write. */
  get topObjects(): ReadonlySet<NodeOrdinal> {
    this.#topObjects ??= findTopObjects(this.graph);
    return this.#topObjects;
  }

  /** The realm's global that this node is or stands for. */
  globalOf(node: NodeOrdinal): GlobalObject | null {
    return this.realms.globalOf(node);
  }

  /** Scratch memory for one search at a time; length nodeCount. */
  get queue(): Uint32Array {
    this.#queue ??= new Uint32Array(this.graph.nodeCount);
    return this.#queue;
  }

  /** The distances that DevTools shows. */
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

  /** Variables that no living function uses, by the reference from their scope. */
  get unusedCaptures(): ReadonlyMap<EdgeOrdinal, UnusedCapture> {
    this.#unusedCaptures ??= findUnusedCaptures(this.graph, this.contexts);
    return this.#unusedCaptures;
  }

  get retainedSizes(): RetainedSizes {
    this.#retainedSizes ??= computeRetainedSizes(this.graph, this.dominators);
    return this.#retainedSizes;
  }
}
