import { EdgeClass } from '../../graph/edge-class.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import type { GlobalObject } from '../../graph/user-roots.js';
import { lowest } from '../../util/many.js';
import { isBuiltinFile } from '../code/contexts.js';
import { type FoldContext, type FoldTools, mayHold } from '../folds/fold.js';
import { FOLDS, foldsOf, isPartKind } from '../folds/folds.js';
import { HashTables } from '../hash-tables.js';
import type { Meaning } from '../meaning.js';
import type { KindsOfNodes } from '../node-kind.js';
import type { HeapView } from '../view.js';
import {
  type Holder,
  holderFromFrame,
  holderFromNode,
  originOf,
  withoutRepetition,
} from './holder.js';
import { LibraryObjects } from './library-objects.js';
import { isScopeCopy } from './scope-copies.js';
import { Scopes } from './scopes.js';

export interface HolderOptions {
  /** Also list weak references. */
  readonly weak: boolean;
  /** List the raw references, with nothing folded. */
  readonly internals: boolean;
}

/**
 * The number of references of one owner that are listed: an array may hold one object ten million
 * times.
 */
const MOST_LISTED = 5_000;

/** The references of one owner that are not listed. */
interface Left {
  /** The first of them. */
  readonly edge: EdgeOrdinal;
  count: number;
}

/**
 * Finds who holds an object, in a programmer's terms: the engine's parts of objects, tables and
 * scopes are folded into one reference from the object, collection or function they belong to.
 * Every holder in the heap is either in the answer, or implied by one that is.
 */
export class Holders {
  readonly tables: HashTables;
  readonly #tools: FoldTools;
  readonly #whole: HeapView;
  readonly #asked: NodeOrdinal | null;
  readonly #options: HolderOptions;

  /** @param asked a node that is never folded, because the question is what it holds. */
  constructor(view: HeapView, options: HolderOptions, asked: NodeOrdinal | null = null) {
    this.#whole = view;
    this.#asked = asked;
    this.#options = options;
    this.tables = new HashTables(view.graph);
    const seen = asked === null ? view : { ...view, kinds: kindsAsking(view.kinds, asked) };
    this.#tools = {
      view: seen,
      scopes: new Scopes(seen),
      tables: this.tables,
      libraryObjects: new LibraryObjects(seen, this.tables, asked),
    };
  }

  of(node: NodeOrdinal): readonly Holder[] {
    const { view } = this.#tools;
    const locals = view.frames.localsHolding(node);
    const realm = view.facts.realms.ofPart(node);
    if (locals.length === 0 && realm === null) {
      // the common case, for up to a million objects
      const only = view.graph.onlyRetainerOf(node);
      if (only !== null) return this.#byOne(node, only);
    }
    const found = locals.map((local) => holderFromFrame(view, local));
    if (realm !== null && !view.facts.realms.isRoot(realm)) return this.#ofRealm(realm, found);
    return this.#collect(node, view.graph.retainersOf(node), found);
  }

  /**
   * The holders of a realm that does not keep itself alive: those that hold any part of it from
   * outside.
   */
  #ofRealm(realm: GlobalObject, found: Holder[]): readonly Holder[] {
    const { graph, facts, rootDistances } = this.#tools.view;
    const parts = [...realm.aliases, ...realm.contexts];
    const own = lowest(parts.map((node) => distanceOf(rootDistances.of(node))));
    const isOutside = (edge: EdgeOrdinal) => {
      const owner = graph.ownerOf(edge);
      if (facts.realms.ofPart(owner) === realm) return false;
      if (graph.nameOf(owner) === 'system / EmbedderDataArray') return false;
      // the functions that a realm has from the start hold it, and live only through it
      if (graph.typeOf(owner) !== NodeType.closure) return true;
      const isBuiltin = isBuiltinFile(facts.scripts.fileOf(owner));
      return !isBuiltin || distanceOf(rootDistances.of(owner)) < own;
    };
    const all = parts.map((node) =>
      this.#collect(node, [...graph.retainersOf(node)].filter(isOutside), []),
    );
    const holders = [...found, ...all.flat()];
    return this.#options.internals ? holders : withoutRepetition(holders);
  }

  /** The holders of an object by some of its incoming edges. */
  through(node: NodeOrdinal, edges: Iterable<EdgeOrdinal>): readonly Holder[] {
    return this.#collect(node, edges, []);
  }

  /**
   * True if a node is not drawn unless asked for: it is part of an object, which holds its content.
   */
  isPart(node: NodeOrdinal): boolean {
    const kind = this.#tools.view.kinds.kindOf(node);
    if (isPartKind(kind)) return true;
    return foldsOf(kind).some(({ isFolded }) => isFolded?.(this.#tools, node) === true);
  }

  /**
   * True if the edge's target may be held by its owner, or by the object that the owner is part of.
   */
  leadsOn(edge: EdgeOrdinal): boolean {
    if (FOLDS.some(({ down }) => down?.(this.#tools, edge) === true)) return true;
    const target = this.#tools.view.graph.targetOf(edge);
    // modules and scripts hold their variables themselves; the fold of scopes knows which do not
    return this.#tools.view.kinds.kindOf(target) !== 'scope' && this.isPart(target);
  }

  /** A new view of the same heap in which a node that would be folded counts as a normal object. */
  asking(node: NodeOrdinal): Holders {
    return new Holders(this.#whole, this.#options, node);
  }

  #byOne(node: NodeOrdinal, edge: EdgeOrdinal): readonly Holder[] {
    const holders = this.#fold(this.#contextOf(node), edge);
    return this.#options.internals ? holders : withoutRepetition(holders);
  }

  #contextOf(node: NodeOrdinal): FoldContext {
    const { view, scopes, tables, libraryObjects } = this.#tools;
    const directOwners = once(() => directOwnersOf(view, node));
    return { view, scopes, tables, libraryObjects, node, directOwners };
  }

  #collect(node: NodeOrdinal, edges: Iterable<EdgeOrdinal>, found: Holder[]): readonly Holder[] {
    const { view } = this.#tools;
    const context = this.#contextOf(node);
    let left: Map<number, Left> | null = null;
    let latest = -1;
    let listed = 0;
    for (const edge of edges) {
      const owner = view.graph.ownerOf(edge);
      // edges of one owner are adjacent, as they are in the file
      listed = latest === owner ? listed + 1 : 1;
      latest = owner;
      if (listed > MOST_LISTED) {
        left ??= new Map();
        if (this.#isCounted(node, owner, edge)) countLeft(left, owner, edge);
        continue;
      }
      // one by one: a call takes at most about a hundred thousand arguments
      for (const holder of this.#fold(context, edge)) found.push(holder);
    }
    const holders = this.#options.internals ? found : withoutRepetition(found);
    return left === null ? holders : this.#withLeft(context, holders, left);
  }

  /**
   * Notes at the last reference of a holder how many are not listed. Several parts of one holder,
   * such as an array and its store, list the same references: only the longest list counts.
   */
  #withLeft(
    context: FoldContext,
    holders: readonly Holder[],
    left: ReadonlyMap<number, Left>,
  ): readonly Holder[] {
    const byOrigin = new Map<number, number>();
    for (const { edge, count } of left.values()) {
      for (const holder of this.#fold(context, edge)) {
        const origin = originOf(holder);
        byOrigin.set(origin, Math.max(byOrigin.get(origin) ?? 0, count));
      }
    }
    const last = new Map(holders.map((holder, index) => [originOf(holder), index]));
    return holders.map((holder, index) => {
      const more =
        last.get(originOf(holder)) === index ? byOrigin.get(originOf(holder)) : undefined;
      return more === undefined ? holder : { ...holder, more };
    });
  }

  /** Follows one incoming edge up to the first nodes that are drawn. */
  #fold(context: FoldContext, edge: EdgeOrdinal): readonly Holder[] {
    const { view } = context;
    const owner = view.graph.ownerOf(edge);
    if (isScopeCopy(view, owner)) return [];
    if (!this.#isCounted(context.node, owner, edge)) return [];
    if (this.#options.internals) return [holderFromNode(view, owner, edge)];
    if (isImplied(context, owner, edge)) return [];
    if (owner === this.#asked) {
      return [holderFromNode(view, owner, edge, this.#askedMeaning(context, owner, edge))];
    }
    for (const fold of foldsOf(view.kinds.kindOf(owner))) {
      const holders = fold.up(context, owner, edge);
      if (holders !== null) return holders;
    }
    return [holderFromNode(view, owner, edge)];
  }

  /** The meaning of an edge that leaves a node which is folded elsewhere: the same as there. */
  #askedMeaning(context: FoldContext, part: NodeOrdinal, edge: EdgeOrdinal): Meaning | undefined {
    for (const fold of foldsOf(this.#whole.kinds.kindOf(part))) {
      const meaning = fold.meaning?.(context, part, edge) ?? null;
      if (meaning !== null) return meaning;
    }
    return undefined;
  }

  #isCounted(node: NodeOrdinal, owner: NodeOrdinal, edge: EdgeOrdinal): boolean {
    const { view } = this.#tools;
    const { graph } = view;
    // if the file names no root, the targets of its root are named last
    if (owner === graph.root && !graph.hasRoot) return false;
    if (graph.isRetaining(edge)) return mayHold(view, owner, node);
    return owner !== node && this.#options.weak && graph.isWeak(edge);
  }
}

function countLeft(left: Map<number, Left>, owner: number, edge: EdgeOrdinal): void {
  const known = left.get(owner);
  if (known === undefined) left.set(owner, { edge, count: 1 });
  else known.count += 1;
}

function kindsAsking(kinds: KindsOfNodes, asked: NodeOrdinal): KindsOfNodes {
  return {
    kindOf: (node) => (node === asked ? 'plain' : kinds.kindOf(node)),
    moduleRecords: () => kinds.moduleRecords(),
    isModuleRecord: (node) => kinds.isModuleRecord(node),
  };
}

/**
 * True if another reference says the same: the other half of a WeakMap entry, or Bun's unnamed
 * copies of properties. In V8's files an edge without a name is the property "".
 */
function isImplied(context: FoldContext, owner: NodeOrdinal, edge: EdgeOrdinal): boolean {
  const { graph } = context.view;
  if ((graph.edgeClassOf(edge) & EdgeClass.TABLE_HALF) !== 0) return true;
  if (!graph.isJavaScriptCore || !context.directOwners().has(owner)) return false;
  return graph.edgeTypeOf(edge) === EdgeType.internal && graph.edgeNameOf(edge) === '';
}

/** True for a property with an empty name, which V8 writes as an internal edge. */
function isUnnamed(graph: HeapGraph, edge: EdgeOrdinal): boolean {
  if (graph.isJavaScriptCore || graph.edgeTypeOf(edge) !== EdgeType.internal) return false;
  return graph.edgeNameOf(edge) === '';
}

function distanceOf(steps: number): number {
  return steps < 0 ? Number.POSITIVE_INFINITY : steps;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function directOwnersOf(view: HeapView, node: NodeOrdinal): ReadonlySet<NodeOrdinal> {
  const { graph, facts } = view;
  const owners = new Set<NodeOrdinal>();
  for (const edge of graph.retainersOf(node)) {
    const type = graph.edgeTypeOf(edge);
    const isWritten = type === EdgeType.property || type === EdgeType.element;
    if (!isWritten && type !== EdgeType.context && !isUnnamed(graph, edge)) continue;
    const owner = graph.ownerOf(edge);
    owners.add(facts.globalOf(owner)?.object ?? owner);
  }
  return owners;
}
