import { EdgeClass } from '../../graph/edge-class.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import type { GlobalObject } from '../../graph/user-roots.js';
import { isOfConsole } from '../console-root.js';
import { isBuiltinFile } from '../contexts.js';
import { HashTables } from '../hash-tables.js';
import type { HeapView } from '../heap-view.js';
import type { NodeKind } from '../node-kinds.js';
import { Carriers } from './carriers.js';
import { foldCarrier } from './fold-carrier.js';
import { type FoldContext, mayHold } from './fold-context.js';
import { foldLink } from './fold-link.js';
import { foldScope } from './fold-scope.js';
import { foldStorage } from './fold-storage.js';
import { foldAwait, foldReaction, foldRegisters } from './fold-suspended.js';
import { foldTable } from './fold-table.js';
import { type Holder, holderFromFrame, holderFromNode, withoutRepetition } from './holder.js';
import { Scopes } from './scopes.js';

export interface HolderOptions {
  /** Weak references too. */
  readonly weak: boolean;
  /** The raw references, nothing folded. */
  readonly internals: boolean;
}

/** Kinds of which the objects they belong to hold what is in them. */
const PARTS: ReadonlySet<NodeKind> = new Set([
  ...(['storage', 'table', 'registers', 'reaction', 'weak-cell', 'request', 'task'] as const),
  ...(['stack-trace', 'blink-listener', 'blink-timer', 'blink-callback'] as const),
]);

/**
 * Who holds an object, in a programmer's terms: the engine's parts of objects, tables and scopes are
 * folded into one reference from the object, collection or function they belong to. Every holder
 * in the heap is either in the answer, or implied by one that is.
 */
export class Holders {
  readonly tables: HashTables;
  readonly #scopes: Scopes;
  readonly #carriers: Carriers;
  readonly #view: HeapView;
  readonly #options: HolderOptions;

  constructor(view: HeapView, options: HolderOptions) {
    this.#view = view;
    this.#options = options;
    this.#scopes = new Scopes(view);
    this.tables = new HashTables(view.graph);
    this.#carriers = new Carriers(view, this.tables);
  }

  of(node: NodeOrdinal): readonly Holder[] {
    const view = this.#view;
    const locals = view.frames.localsHolding(node);
    const found = locals.map((local) => holderFromFrame(view, local));
    const realm = view.facts.realms.ofPart(node);
    if (realm !== null && !view.facts.realms.isRoot(realm)) return this.#ofRealm(realm, found);
    return this.#collect(node, view.graph.retainersOf(node), found);
  }

  /** A realm that does not live by itself is held by who holds any part of it from outside. */
  #ofRealm(realm: GlobalObject, found: Holder[]): readonly Holder[] {
    const { graph, facts, rootDistances } = this.#view;
    const parts = [...realm.aliases, ...realm.contexts];
    const own = Math.min(...parts.map((node) => distanceOf(rootDistances.of(node))));
    const isOutside = (e: number) => {
      const owner = graph.ownerOf(e as EdgeOrdinal);
      if (facts.realms.ofPart(owner) === realm) return false;
      if (graph.nameOf(owner) === 'system / EmbedderDataArray') return false;
      // the functions that a realm has from the start hold it, and live by it
      if (graph.typeOf(owner) !== NodeType.closure) return true;
      const isBuiltin = isBuiltinFile(facts.scripts.fileOf(owner));
      return !isBuiltin || distanceOf(rootDistances.of(owner)) < own;
    };
    const all = parts.map((node) =>
      this.#collect(node, graph.retainersOf(node).filter(isOutside), []),
    );
    const holders = [...found, ...all.flat()];
    return this.#options.internals ? holders : withoutRepetition(holders);
  }

  /** Who holds an object by some of its incoming edges. */
  through(node: NodeOrdinal, edges: Iterable<number>): readonly Holder[] {
    return this.#collect(node, edges, []);
  }

  /** Whether a node is not drawn itself, unless asked for: it is part of an object, which holds what is in it. */
  isPart(node: NodeOrdinal): boolean {
    const kind = this.#view.kinds.kindOf(node);
    if (kind === 'scope') return this.#scopes.drawingOf(node).as === 'holder';
    return PARTS.has(kind) || this.#carriers.isCarrier(node);
  }

  #collect(node: NodeOrdinal, edges: Iterable<number>, found: Holder[]): readonly Holder[] {
    const view = this.#view;
    const context: FoldContext = {
      view,
      scopes: this.#scopes,
      tables: this.tables,
      carriers: this.#carriers,
      node,
      directOwners: once(() => directOwnersOf(view, node)),
    };
    for (const e of edges) {
      // one by one: a call takes no more than about a hundred thousand arguments
      for (const holder of this.#fold(context, e as EdgeOrdinal)) found.push(holder);
    }
    return this.#options.internals ? found : withoutRepetition(found);
  }

  /** Follows one incoming edge up to the first nodes that are drawn. */
  #fold(context: FoldContext, edge: EdgeOrdinal): readonly Holder[] {
    const { graph, kinds } = this.#view;
    const owner = graph.ownerOf(edge);
    if (!this.#isCounted(context.node, owner, edge)) return [];
    if (this.#options.internals) return [holderFromNode(this.#view, owner, edge)];
    if (isImplied(context, owner, edge)) return [];
    switch (kinds.kindOf(owner)) {
      case 'storage':
        return foldStorage(context, owner, edge);
      case 'table':
        return foldTable(context, owner, edge);
      case 'registers':
        return foldRegisters(context, owner, edge);
      case 'reaction':
        return foldReaction(context, owner, edge);
      case 'scope':
        return foldAwait(context, owner, edge) ?? foldScope(context, owner, edge);
      case 'weak-cell':
      case 'request':
      case 'task':
      case 'stack-trace':
      case 'blink-listener':
      case 'blink-timer':
      case 'blink-callback':
        return foldLink(context, owner, edge);
      case 'root-group':
        return foldRootGroup(context, owner, edge);
      default:
        return foldCarrier(context, owner, edge) ?? foldPlain(context, owner, edge);
    }
  }

  #isCounted(node: NodeOrdinal, owner: NodeOrdinal, edge: EdgeOrdinal): boolean {
    const { graph } = this.#view;
    // where the file names no root, its objects are the last to be named
    if (owner === graph.root && !graph.hasRoot) return false;
    if (graph.isRetaining(edge)) return mayHold(this.#view, owner, node);
    return owner !== node && this.#options.weak && graph.edgeTypeOf(edge) === EdgeType.weak;
  }
}

/**
 * The other half of a WeakMap entry says the same, and so do Bun's unnamed copies of properties. In
 * V8's files an edge without a name is the property "".
 */
function isImplied(context: FoldContext, owner: NodeOrdinal, edge: EdgeOrdinal): boolean {
  const { graph } = context.view;
  if ((graph.edgeClassOf(edge) & EdgeClass.TABLE_HALF) !== 0) return true;
  if (!graph.isJavaScriptCore || !context.directOwners().has(owner)) return false;
  return graph.edgeTypeOf(edge) === EdgeType.internal && graph.edgeNameOf(edge) === '';
}

/** V8's group of what C++ code that runs now has in its hands. */
const NATIVE_STACK = '(Handle scope)';

/** Slots of the stack are explained by the variables of the paused frames, or are temporaries. */
function foldRootGroup(
  { view, node, scopes }: FoldContext,
  group: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const { graph, frames, kinds, facts } = view;
  if (facts.console !== null && isOfConsole(graph, edge)) {
    return [holderFromNode(view, facts.console.node, edge, 'console.log')];
  }
  const name = graph.nameOf(group);
  if (name === NATIVE_STACK && frames.frames.length > 0) {
    // a debugger that pauses a program has the scopes in which it paused
    return [{ ...holderFromNode(view, group, edge), temporary: true }];
  }
  if (name !== '(Stack roots)') return [holderFromNode(view, group, edge)];
  if (frames.frames.length === 0) return [holderFromNode(view, group, edge, 'stack')];
  if (frames.localsHolding(node).length > 0) return [];
  const stack = holderFromNode(view, group, edge, 'stack (temporary)');
  const owners = kinds.kindOf(node) === 'scope' ? scopes.framesOf(node) : [];
  if (owners.length === 0) return [{ ...stack, temporary: true }];
  return owners.map(({ frame }) => ({ ...stack, from: { frame }, label: 'scope', name: 'scope' }));
}

/** A WeakRef's target stays alive until the running job ends; V8 lists such targets in an array. */
function foldPlain(
  { view }: FoldContext,
  owner: NodeOrdinal,
  edge: EdgeOrdinal,
): readonly Holder[] {
  const { graph } = view;
  if (graph.typeOf(owner) === NodeType.array) {
    for (const e of graph.retainersOf(owner)) {
      if (graph.edgeNameOf(e as EdgeOrdinal) !== 'weak_refs_keep_during_job') continue;
      const list = graph.ownerOf(e as EdgeOrdinal);
      return [holderFromNode(view, list, edge, 'WeakRef kept until end of job')];
    }
  }
  return [holderFromNode(view, owner, edge)];
}

/** V8 writes a property with an empty name as an internal edge. */
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
  for (const e of graph.retainersOf(node)) {
    const edge = e as EdgeOrdinal;
    const type = graph.edgeTypeOf(edge);
    const isWritten = type === EdgeType.property || type === EdgeType.element;
    if (!isWritten && type !== EdgeType.context && !isUnnamed(graph, edge)) continue;
    const owner = graph.ownerOf(edge);
    owners.add(facts.globalOf(owner)?.object ?? owner);
  }
  return owners;
}
