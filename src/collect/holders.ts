import { EdgeClass } from '../graph/edge-classes.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { labelOfEdge } from './edge-labels.js';
import { labelOfExport } from './export-names.js';
import type { FrameLocal } from './frames.js';
import { HashTables } from './hash-tables.js';
import type { HeapView } from './heap-view.js';
import { labelOfKey } from './key-labels.js';
import { awaitedPromises, promisesOf, suspendedFunction } from './promises.js';
import { Scopes } from './scopes.js';

/** One reference to an object, as it is drawn. */
export interface Holder {
  /** Who holds: a node of the heap, or a paused frame by its position. */
  readonly from: { readonly node: NodeOrdinal } | { readonly frame: number };
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly weak: boolean;
  /** Only the stack holds it, in a slot that no variable explains. */
  readonly temporary: boolean;
}

export interface HolderOptions {
  readonly weak: boolean;
  readonly internals: boolean;
}

/**
 * Who holds an object, in a programmer's terms: the engine's parts of objects, tables and scopes are
 * folded into one reference from the object, collection or function they belong to. Every holder
 * in the heap is either in the answer, or implied by one that is.
 */
export class Holders {
  readonly scopes: Scopes;
  readonly tables: HashTables;
  readonly #view: HeapView;
  readonly #options: HolderOptions;

  constructor(view: HeapView, options: HolderOptions) {
    this.#view = view;
    this.#options = options;
    this.scopes = new Scopes(view);
    this.tables = new HashTables(view.graph);
  }

  of(node: NodeOrdinal): readonly Holder[] {
    const found = new Found();
    for (const local of this.#view.frames.localsHolding(node)) found.add(this.#fromFrame(local));
    const lift: Lift = { node, found, directOwners: this.#directOwners(node), visited: new Set() };
    for (const e of this.#view.graph.retainersOf(node)) this.#lift(lift, e as EdgeOrdinal);
    return found.holders;
  }

  /** Follows one incoming edge up to the first node that is drawn. */
  #lift(lift: Lift, edge: EdgeOrdinal): void {
    const { graph, kinds } = this.#view;
    const owner = graph.ownerOf(edge);
    if (!this.#isCounted(lift.node, owner, edge)) return;
    if (this.#options.internals) return lift.found.add(this.#fromNode(owner, edge));
    if ((graph.edgeClasses[edge] as number) & EdgeClass.TABLE_HALF) return;
    if (this.#isRepeated(lift, owner, edge)) return;
    switch (kinds.kindOf(owner)) {
      case 'storage':
        return this.#liftStorage(lift, owner, edge);
      case 'table':
        return this.#liftTable(lift, owner, edge);
      case 'registers':
        return this.#liftRegisters(lift, owner, edge);
      case 'reaction':
        return this.#liftReaction(lift, owner, edge);
      case 'scope':
        if (this.#liftAwait(lift, owner, edge)) return;
        return this.#liftScope(lift, owner, edge, labelOfEdge(graph, edge));
      case 'root-group':
        return this.#liftRootGroup(lift, owner, edge);
      default:
        lift.found.add(this.#keptForJob(owner, edge) ?? this.#fromNode(owner, edge));
    }
  }

  /** A WeakRef's target stays alive until the running job ends; V8 lists such targets in an array. */
  #keptForJob(array: NodeOrdinal, edge: EdgeOrdinal): Holder | null {
    const { graph } = this.#view;
    if (graph.typeOf(array) !== NodeType.array) return null;
    for (const e of graph.retainersOf(array)) {
      const outer = e as EdgeOrdinal;
      if (graph.edgeNameOf(outer) !== 'weak_refs_keep_during_job') continue;
      return { ...this.#fromNode(graph.ownerOf(outer), edge), label: 'WeakRef kept until end of job' };
    }
    return null;
  }

  #isCounted(node: NodeOrdinal, owner: NodeOrdinal, edge: EdgeOrdinal): boolean {
    const { graph, rootDistances } = this.#view;
    if (owner === node) return false;
    if (!graph.isRetaining(edge)) {
      return this.#options.weak && graph.edgeTypeOf(edge) === EdgeType.weak;
    }
    // garbage that only looks like a holder, such as what a debugger's console kept
    const ownerIsGarbage = (rootDistances[owner] as number) < 0;
    return !ownerIsGarbage || (rootDistances[node] as number) < 0;
  }

  /** Bun's files repeat every property as an unnamed internal reference. */
  #isRepeated(lift: Lift, owner: NodeOrdinal, edge: EdgeOrdinal): boolean {
    const { graph } = this.#view;
    const isInternal = graph.edgeTypeOf(edge) === EdgeType.internal;
    return isInternal && graph.edgeNameOf(edge) === '' && lift.directOwners.has(owner);
  }

  /** Element stores, property arrays, cells: the object they belong to holds what is in them. */
  #liftStorage(lift: Lift, storage: NodeOrdinal, edge: EdgeOrdinal): void {
    const { graph, kinds, facts } = this.#view;
    if (lift.visited.has(storage)) return;
    lift.visited.add(storage);
    const exported = labelOfExport(this.#view, storage);
    for (const { owner, label } of exported) {
      lift.found.add({ ...this.#fromNode(owner, edge), label });
    }
    for (const e of graph.retainersOf(storage)) {
      const outer = e as EdgeOrdinal;
      const owner = graph.ownerOf(outer);
      if (!graph.isRetaining(outer) || (this.#view.rootDistances[owner] as number) < 0) continue;
      const kind = kinds.kindOf(owner);
      if (kind === 'storage') this.#liftStorage(lift, owner, edge);
      else if (kind === 'scope') this.#liftScope(lift, owner, outer, labelOfEdge(graph, outer));
      else if (exported.length > 0 && graph.typeOf(owner) === NodeType.array) continue;
      else if (!lift.directOwners.has(facts.globalOf(owner)?.object ?? owner)) {
        lift.found.add({ ...this.#fromNode(owner, edge), label: this.#storageLabel(storage, edge) });
      }
    }
  }

  /** For what a storage holds and its object does not show as a property of its own. */
  #storageLabel(storage: NodeOrdinal, edge: EdgeOrdinal): string {
    const { graph } = this.#view;
    const slot = graph.edgeNameOf(edge);
    const name = graph.nameOf(storage);
    if (name === '(bound arguments)') return `bound arg ${slot}`;
    if (name === '(object elements)') return `[${slot}]`;
    return graph.typeOf(graph.targetOf(edge)) === NodeType.string ? 'property name' : 'property';
  }

  /** Tables of Map and Set: the collection holds its keys and values. */
  #liftTable(lift: Lift, table: NodeOrdinal, edge: EdgeOrdinal): void {
    const { graph } = this.#view;
    for (const e of graph.retainersOf(table)) {
      const outer = e as EdgeOrdinal;
      if (!graph.isRetaining(outer)) continue;
      const owner = graph.ownerOf(outer);
      const holder = this.#fromNode(owner, edge);
      const isTable = graph.edgeNameOf(outer) === 'table';
      const label = isTable ? this.#tableLabel(owner, table, edge) : 'iterator →';
      if (label !== null) lift.found.add({ ...holder, label });
      else lift.found.add(holder);
    }
  }

  #tableLabel(collection: NodeOrdinal, table: NodeOrdinal, edge: EdgeOrdinal): string | null {
    const kind = this.tables.kindOf(collection);
    if (kind === null) return null;
    const slot = this.tables.slotOf(kind, table, edge);
    if (slot.role === 'other') return null;
    if (kind === 'Set') return 'Set member';
    if (slot.role === 'key') return 'Map key';
    const key = slot.key === null ? 'number' : labelOfKey(this.#view.graph, slot.key);
    return `Map[${key}] →`;
  }

  /** A suspended function keeps its parameters and locals in an array without names. */
  #liftRegisters(lift: Lift, registers: NodeOrdinal, edge: EdgeOrdinal): void {
    const { graph } = this.#view;
    for (const e of graph.retainersOf(registers)) {
      const owner = graph.ownerOf(e as EdgeOrdinal);
      if (owner === lift.node || !graph.isRetaining(e as EdgeOrdinal)) continue;
      // V8 names a generator object after its function, but an async function's always "Generator"
      const isAsync = graph.nameOf(owner) === 'Generator';
      const name = suspendedFunction(graph, owner);
      const label = `local of suspended ${isAsync ? 'async ' : ''}${name}()`;
      lift.found.add({ ...this.#fromNode(owner, edge), label });
    }
  }

  /** What a promise will do when it settles: call back, and settle the promise `then` returned. */
  #liftReaction(lift: Lift, reaction: NodeOrdinal, edge: EdgeOrdinal): void {
    const isCallback = this.#view.graph.typeOf(lift.node) === NodeType.closure;
    for (const promise of promisesOf(this.#view, reaction)) {
      const label = isCallback ? 'then callback' : 'result of then';
      lift.found.add({ ...this.#fromNode(promise, edge), label });
    }
  }

  /** A suspended async function hangs from the promise it waits for, through two resume functions. */
  #liftAwait(lift: Lift, scope: NodeOrdinal, edge: EdgeOrdinal): boolean {
    const promises = awaitedPromises(this.#view, scope, edge);
    const label = `awaited by async ${suspendedFunction(this.#view.graph, lift.node)}()`;
    for (const promise of promises) lift.found.add({ ...this.#fromNode(promise, edge), label });
    return promises.length > 0;
  }

  #liftScope(lift: Lift, scope: NodeOrdinal, edge: EdgeOrdinal, fallback: string): void {
    const { kinds } = this.#view;
    const variable = this.scopes.variableOf(scope, edge);
    const drawing = this.scopes.drawingOf(scope);
    const label = variable ?? fallback;
    if (drawing.as === 'frames') {
      // the frames hold the variable themselves; only a scope's other fields still need a holder
      const isNamed = this.scopes.framesOf(scope).some(({ name }) => name === variable);
      if (isNamed) return;
    }
    const holder = drawing.as === 'holder' ? drawing.holder : scope;
    if (holder === lift.node || kinds.kindOf(holder) === 'engine') return;
    lift.found.add({ ...this.#fromNode(holder, edge), label });
  }

  #liftRootGroup(lift: Lift, group: NodeOrdinal, edge: EdgeOrdinal): void {
    const { graph, frames } = this.#view;
    const isStack = graph.nameOf(group) === '(Stack roots)';
    const holder = this.#fromNode(group, edge);
    if (!isStack || frames.frames.length === 0) {
      lift.found.add(isStack ? { ...holder, label: 'stack' } : holder);
      return;
    }
    // a variable of a frame explains the slot, or the scope in it does
    if (frames.localsHolding(lift.node).length > 0) return;
    const inFrames = this.#view.kinds.kindOf(lift.node) === 'scope' ? this.scopes.framesOf(lift.node) : [];
    for (const { frame } of inFrames) {
      lift.found.add({ ...holder, from: { frame }, label: 'scope', name: 'scope' });
    }
    if (inFrames.length === 0) {
      lift.found.add({ ...holder, label: 'stack (temporary)', temporary: true });
    }
  }

  #fromFrame({ frame, name }: FrameLocal): Holder {
    const { isTopLevel, functionName } = this.#view.frames.frames[frame] as { isTopLevel: boolean; functionName: string };
    const label = isTopLevel ? name : `local ${name} in ${functionName || '(anonymous)'}()`;
    return { from: { frame }, type: 'context', name, label, weak: false, temporary: false };
  }

  #fromNode(owner: NodeOrdinal, edge: EdgeOrdinal): Holder {
    const { graph, facts } = this.#view;
    return {
      from: { node: facts.globalOf(owner)?.object ?? owner },
      type: graph.edgeTypeNameOf(edge),
      name: graph.edgeNameOf(edge),
      label: labelOfEdge(graph, edge),
      weak: graph.edgeTypeOf(edge) === EdgeType.weak,
      temporary: false,
    };
  }

  /** Nodes that hold `node` by a reference a programmer can write down. */
  #directOwners(node: NodeOrdinal): ReadonlySet<NodeOrdinal> {
    const { graph, facts } = this.#view;
    const owners = new Set<NodeOrdinal>();
    for (const e of graph.retainersOf(node)) {
      const edge = e as EdgeOrdinal;
      const type = graph.edgeTypeOf(edge);
      const isWritten = type === EdgeType.property || type === EdgeType.element;
      if (!isWritten && type !== EdgeType.context) continue;
      const owner = graph.ownerOf(edge);
      owners.add(facts.globalOf(owner)?.object ?? owner);
    }
    return owners;
  }
}

/** One call of `Holders.of` on its way up. */
interface Lift {
  readonly node: NodeOrdinal;
  readonly found: Found;
  readonly directOwners: ReadonlySet<NodeOrdinal>;
  /** Storages already climbed through. */
  readonly visited: Set<NodeOrdinal>;
}

/** Collects holders without repeating one that would be drawn the same. */
class Found {
  readonly holders: Holder[] = [];
  readonly #seen = new Set<string>();

  add(holder: Holder): void {
    const from = 'frame' in holder.from ? `f${holder.from.frame}` : holder.from.node;
    const key = `${from} ${holder.weak} ${holder.label}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.holders.push(holder);
  }
}
