import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { isBuiltinFile } from '../code/contexts.js';
import type { HashTables } from '../hash-tables.js';
import type { Key, Meaning } from '../meaning.js';
import { inheritedName } from '../prototypes.js';
import type { HeapView } from '../view.js';
import { meaningOfEdge } from './edge-meaning.js';
import { keyMeaning, keyOfProperty } from './key-of.js';
import {
  ALL_ROLES,
  type HeldBy,
  type LibraryOwner,
  ROLES,
  type Role,
  type RoleRules,
} from './library-roles.js';

/** The holder of an object by library objects, and the purpose, such as a listener for "data". */
export interface LibraryHolder {
  readonly owner: NodeOrdinal;
  readonly meaning: Meaning | null;
}

/** A position on the way up: a library object, in a role, with the facts found so far. */
interface Place {
  readonly node: NodeOrdinal;
  readonly role: Role;
  readonly meaning: Meaning | null;
}

/** The links by which a timer or immediate leads to its neighbours in a list. */
const LINKS = ['_idleNext', '_idlePrev'];
const LISTED = new Set(['Timeout', 'Immediate']);

const VARIABLE_CELLS = new Set(['system / Cell', 'system / ContextCell']);

const FUNCTION_ROLES = ALL_ROLES.filter((role) => ROLES[role].name === null);
const ROLES_BY_CLASS = groupByClass();
const STACK: Meaning = { kind: 'stack', temporary: false };

/**
 * Folds the library objects between a program's object and its receiver. A library object is only
 * folded if nothing but such objects holds it: one that a program refers to is drawn.
 */
export class LibraryObjects {
  readonly #view: HeapView;
  readonly #tables: HashTables;
  readonly #asked: NodeOrdinal | null;
  readonly #lists = new Map<NodeOrdinal, NodeOrdinal | null>();
  readonly #known = new Map<NodeOrdinal, boolean>();

  /** @param asked an object that is never folded, because the question is about it. */
  constructor(view: HeapView, tables: HashTables, asked: NodeOrdinal | null) {
    this.#view = view;
    this.#tables = tables;
    this.#asked = asked;
  }

  /** The actual holders of `node` by this edge; null if its owner is not a library object. */
  fold(edge: EdgeOrdinal, owner: NodeOrdinal, node: NodeOrdinal): readonly LibraryHolder[] | null {
    const { graph } = this.#view;
    const type = graph.edgeTypeOf(edge);
    if (type !== EdgeType.property && type !== EdgeType.element) return null;
    const name = graph.edgeNameOf(edge);
    if (name === '__proto__') return null;
    if (LINKS.includes(name) && LISTED.has(graph.nameOf(node))) {
      return this.#foldListed(node);
    }
    for (const role of this.#rolesFor(owner)) {
      if (!carries(ROLES[role], name, type)) continue;
      const carried = this.#climb(owner, role, keyOfEdge(this.#view, edge));
      if (carried !== null) return this.isLibraryObject(node) ? null : carried;
    }
    return null;
  }

  /** The same for a variable of a function that is a library object. */
  foldVariable(closure: NodeOrdinal, name: string): readonly LibraryHolder[] | null {
    if (this.#view.graph.typeOf(closure) !== NodeType.closure) return null;
    for (const role of this.#rolesFor(closure)) {
      const isOwnState = ROLES[role].carries?.includes(name) || name === 'target';
      const carried = isOwnState ? this.#climb(closure, role) : null;
      if (carried !== null) return carried;
    }
    return null;
  }

  /** True if an object is not drawn, because its own holder holds what it carries. */
  isLibraryObject(node: NodeOrdinal): boolean {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const answer = this.#rolesFor(node).some((role) => this.#climb(node, role) !== null);
    this.#known.set(node, answer);
    return answer;
  }

  /** The roles that a node could have by its class, before its holders are examined. */
  #rolesFor(node: NodeOrdinal): readonly Role[] {
    const { graph } = this.#view;
    if (node === this.#asked) return [];
    const type = graph.typeOf(node);
    if (type === NodeType.closure) return FUNCTION_ROLES.filter((role) => this.#fits(node, role));
    return type === NodeType.object ? (ROLES_BY_CLASS.get(graph.nameOf(node)) ?? []) : [];
  }

  #fits(node: NodeOrdinal, role: Role): boolean {
    const { graph } = this.#view;
    const { name, carries } = ROLES[role];
    const type = graph.typeOf(node);
    if (name !== null) return type === NodeType.object && graph.nameOf(node) === name;
    if (type !== NodeType.closure) return false;
    return carries?.some((own) => propertyOf(graph, node, own) !== null) ?? false;
  }

  /** All holders drawn above a library object; null if something else holds it, too. */
  #climb(
    start: NodeOrdinal,
    role: Role,
    carriedAs: Key | null = null,
  ): readonly LibraryHolder[] | null {
    const { graph } = this.#view;
    const found: LibraryHolder[] = [];
    const places: Place[] = [{ node: start, role, meaning: null }];
    const passed = new Set([start]);
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      for (const e of graph.retainersOf(place.node)) {
        const step = this.#step(place, e);
        if (step === 'stranger') return null;
        if (step === 'passed') continue;
        if ('owner' in step) found.push(step);
        else if (!passed.has(step.node)) {
          passed.add(step.node);
          places.push(step);
        }
      }
    }
    const all = ROLES[role].meaning;
    const named = found.map(({ owner, meaning }) => {
      if (this.#view.kinds.kindOf(owner) === 'root-group') return { owner, meaning };
      return { owner, meaning: all?.(meaning, carriedAs) ?? meaning };
    });
    const isHeld = named.some(({ owner }) => this.#view.kinds.kindOf(owner) !== 'root-group');
    return isHeld ? this.#withoutOtherScopes(named) : null;
  }

  /** One reference further up. */
  #step(place: Place, edge: EdgeOrdinal): LibraryHolder | Place | 'passed' | 'stranger' {
    const { graph, kinds, rootDistances } = this.#view;
    const owner = graph.ownerOf(edge);
    if (!graph.isRetaining(edge) || rootDistances.of(owner) < 0) return 'passed';
    switch (kinds.kindOf(owner)) {
      case 'root-group':
        return { owner, meaning: STACK };
      case 'engine':
        return 'passed';
      case 'storage':
        return this.#isConfirmation(place, owner) ? 'passed' : 'stranger';
      case 'table':
        return this.#stepFromTable(place, owner, edge);
      default:
        return this.#match(place, owner, edge, keyOfEdge(this.#view, edge));
    }
  }

  /**
   * True for a reference that only confirms another one. Everything in a store is also a property
   * or element of its object. A cell is a variable or export: the runtime's own add nothing to its
   * scopes, a program's is a separate reference.
   */
  #isConfirmation({ role }: Place, storage: NodeOrdinal): boolean {
    const isCell = VARIABLE_CELLS.has(this.#view.graph.nameOf(storage));
    return !isCell || ROLES[role].heldBy.some(({ from }) => from === 'runtime-scope');
  }

  #stepFromTable(
    place: Place,
    table: NodeOrdinal,
    edge: EdgeOrdinal,
  ): LibraryHolder | Place | 'passed' | 'stranger' {
    const { graph } = this.#view;
    for (const outer of graph.retainersOf(table)) {
      const map = graph.ownerOf(outer);
      const slot = this.#tables.slotOf('Map', table, edge);
      if (slot.role !== 'value' || slot.key === null) return 'stranger';
      return this.#match(place, map, outer, keyMeaning(this.#view, slot.key));
    }
    return 'stranger';
  }

  #match(
    { role, meaning, node }: Place,
    owner: NodeOrdinal,
    edge: EdgeOrdinal,
    key: Key | null,
  ): LibraryHolder | Place | 'passed' | 'stranger' {
    const { graph } = this.#view;
    if (owner === node) return 'passed';
    const name = graph.edgeNameOf(edge);
    const reference = ROLES[role].heldBy.find(({ by, from }) => {
      return (by === null ? key !== null : by === name) && this.#isFrom(owner, from);
    });
    if (reference === undefined) return this.#isOwnScope(owner, node) ? 'passed' : 'stranger';
    if (reference.from === null) return 'passed';
    const found = meaning ?? (key === null ? null : (reference.meaning?.(key) ?? null));
    if (owner === this.#asked) return { owner, meaning: found ?? meaningOfEdge(graph, edge) };
    return isRole(reference.from)
      ? { node: owner, role: reference.from, meaning: found }
      : { owner, meaning: found };
  }

  #isFrom(owner: NodeOrdinal, from: HeldBy['from']): boolean {
    const { graph, facts } = this.#view;
    if (from === null) return true;
    if (isRole(from)) return this.#fits(owner, from);
    if (from === 'emitter') return inheritedName(graph, owner, ['EventEmitter']) !== null;
    if (from === 'target') return inheritedName(graph, owner, ['EventTarget']) !== null;
    const file = facts.contexts.isContext(owner) ? facts.contexts.fileOf(owner) : null;
    return file !== null && isBuiltinFile(file);
  }

  /** True for a wrapper function's own scope, which only the function has and which names it. */
  #isOwnScope(owner: NodeOrdinal, node: NodeOrdinal): boolean {
    const { graph, facts } = this.#view;
    if (!facts.contexts.isContext(owner)) return false;
    const closures = facts.contexts.closuresOf(owner);
    return graph.typeOf(node) === NodeType.closure && closures.length === 1 && closures[0] === node;
  }

  /** Keeps the scope nearest to a root: several modules of the runtime share its queues. */
  #withoutOtherScopes(found: readonly LibraryHolder[]): readonly LibraryHolder[] {
    const { facts, graph, rootDistances } = this.#view;
    const scopes = found.filter(({ owner }) => facts.contexts.isContext(owner));
    if (scopes.length < 2) return found;
    const rank = ({ owner }: LibraryHolder) => rootDistances.of(owner);
    const [first] = scopes.sort(
      (a, b) => rank(a) - rank(b) || graph.idOf(a.owner) - graph.idOf(b.owner),
    );
    return found.filter((one) => one === first || !scopes.includes(one));
  }

  /** Folds a timer in a list: the list holds it; the links with its neighbours add nothing. */
  #foldListed(node: NodeOrdinal): readonly LibraryHolder[] | null {
    const list = this.#listOf(node);
    if (list === null) return null;
    const { graph } = this.#view;
    const role = graph.nameOf(list) === 'TimersList' ? 'timer-list' : 'immediate-list';
    const carried = this.#climb(list, role);
    if (carried === null || !isInterval(graph, node)) return carried;
    return carried.map(({ owner, meaning }) => {
      return {
        owner,
        meaning: meaning?.kind === 'timer' ? { ...meaning, repeats: true } : meaning,
      };
    });
  }

  /** Follows the links from a timer to the list at their end; remembers it for all nodes passed. */
  #listOf(start: NodeOrdinal): NodeOrdinal | null {
    const passed = new Set<NodeOrdinal>();
    let found: NodeOrdinal | null = null;
    for (let node: NodeOrdinal | null = start; node !== null && !passed.has(node); ) {
      const known = this.#lists.get(node) ?? this.#ownListOf(node);
      if (known !== null) {
        found = known;
        break;
      }
      passed.add(node);
      node = propertyOf(this.#view.graph, node, '_idlePrev');
    }
    for (const one of passed) if (found !== null) this.#lists.set(one, found);
    return found;
  }

  /** The list itself, or the list whose first immediate this is. */
  #ownListOf(node: NodeOrdinal): NodeOrdinal | null {
    const { graph } = this.#view;
    if (graph.nameOf(node) === 'TimersList') return node;
    for (const edge of graph.retainersOf(node)) {
      const owner = graph.ownerOf(edge);
      const isHead = graph.edgeNameOf(edge) === 'head';
      if (isHead && graph.nameOf(owner) === 'ImmediateList') return owner;
    }
    return null;
  }
}

function groupByClass(): ReadonlyMap<string, readonly Role[]> {
  const groups = new Map<string, Role[]>();
  for (const role of ALL_ROLES) {
    const { name } = ROLES[role];
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), role]);
  }
  return groups;
}

/** The name of a reference as a key, with secrets masked; null for one that no program wrote. */
function keyOfEdge({ graph, redactor }: HeapView, edge: EdgeOrdinal): Key | null {
  const type = graph.edgeTypeOf(edge);
  const name = graph.edgeNameOf(edge);
  if (type === EdgeType.element) return { type: 'number', value: name };
  if (type !== EdgeType.property || name === '__proto__') return null;
  return keyOfProperty(redactor.text(name));
}

function carries(
  { name: className, carries: own }: RoleRules,
  name: string,
  type: number,
): boolean {
  if (own !== null) return own.includes(name);
  return (type === EdgeType.element) === (className === 'Array');
}

function isRole(from: Role | LibraryOwner): from is Role {
  return from in ROLES;
}

/** True for an interval: its repeat value is an unrecorded small integer; timeouts have none. */
function isInterval(graph: HeapGraph, timer: NodeOrdinal): boolean {
  if (graph.nameOf(timer) !== 'Timeout') return false;
  let isRecorded = false;
  for (let edge = graph.firstEdge(timer); edge < graph.endEdge(timer); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.property) continue;
    const name = graph.edgeNameOf(edge);
    if (name === '_repeat') return graph.typeOf(graph.targetOf(edge)) === NodeType.number;
    // old V8 leaves out true, false and null as well
    if (name === '_destroyed') isRecorded = true;
  }
  return isRecorded;
}

/** The object or function that a property refers to. */
function propertyOf(graph: HeapGraph, node: NodeOrdinal, name: string): NodeOrdinal | null {
  for (let edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.property || graph.edgeNameOf(edge) !== name) continue;
    const target = graph.targetOf(edge);
    const type = graph.typeOf(target);
    return type === NodeType.object || type === NodeType.closure ? target : null;
  }
  return null;
}
