import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import type { ScopeTable } from '../../snapshot/scope-table.js';
import { valueOfNumber } from '../number-values.js';
import type { Contexts } from './contexts.js';
import { ScopeRows } from './scope-rows.js';
import { internalField } from './scripts.js';

/** Names that the compiler adds: the table does not show whether they are used. */
const NOT_WRITTEN = /^(?:this|arguments|new\.target|[.#].*)?$/;
/** A generator or async function that has run to its end. */
const HAS_ENDED = '-1';

/** A variable that some function used, and that no living function can use. */
export interface UnusedCapture {
  readonly scope: NodeOrdinal;
  /** From the scope to the value. */
  readonly edge: EdgeOrdinal;
  readonly value: NodeOrdinal;
}

/**
 * Finds variables that scopes keep alive although no living function uses them, neither itself nor
 * in a function that it may still create. Says nothing about a scope that is not fully known: a
 * running function, a debugger, an `arguments` object or foreign code may look into it. V8 lists no
 * variables for scopes in which `eval` may be called, nor for classes.
 */
export function findUnusedCaptures(
  graph: HeapGraph,
  contexts: Contexts,
): ReadonlyMap<EdgeOrdinal, UnusedCapture> {
  const { scopes } = graph.tables;
  return scopes === null ? new Map() : new Search(graph, contexts, scopes).find();
}

/** A scope of the program, as it is in the heap. */
interface KnownScope {
  readonly row: number;
  /** Rows of living functions that see exactly this scope. */
  readonly functions: Set<number>;
}

class Search {
  readonly #graph: HeapGraph;
  readonly #contexts: Contexts;
  readonly #rows: ScopeRows;
  /** Rows by function info: a hundred thousand functions may come from one piece of code. */
  readonly #rowsByInfo = new Map<NodeOrdinal, number | 'unknown'>();
  readonly #known = new Map<NodeOrdinal, KnownScope>();
  /** Scopes that unknown code sees, and those around them. */
  readonly #open = new Set<NodeOrdinal>();

  constructor(graph: HeapGraph, contexts: Contexts, table: ScopeTable) {
    this.#graph = graph;
    this.#contexts = contexts;
    this.#rows = new ScopeRows(table);
  }

  find(): ReadonlyMap<EdgeOrdinal, UnusedCapture> {
    const { nodeTypes } = this.#graph.tables;
    for (let node = 0 as NodeOrdinal; node < nodeTypes.length; node++) {
      if (this.#contexts.isContext(node)) this.#lookAtHolders(node);
    }
    const found = new Map<EdgeOrdinal, UnusedCapture>();
    for (const [scope, known] of this.#known) {
      if (this.#open.has(scope)) continue;
      for (const capture of this.#unusedIn(scope, known)) found.set(capture.edge, capture);
    }
    return found;
  }

  #lookAtHolders(scope: NodeOrdinal): void {
    const graph = this.#graph;
    for (const held of graph.retainersOf(scope)) {
      const edge = held as EdgeOrdinal;
      if (graph.edgeTypeOf(edge) === EdgeType.weak) continue;
      const owner = graph.ownerOf(edge);
      if (this.#isInner(owner, edge)) continue;
      const isField = graph.edgeTypeOf(edge) === EdgeType.internal;
      const seen =
        isField && graph.edgeNameOf(edge) === 'context' ? this.#codeOf(owner) : 'unknown';
      if (seen === 'none') continue;
      if (seen === 'unknown' || !this.#seeAll(seen, scope)) this.#openAll(scope);
    }
  }

  #isInner(owner: NodeOrdinal, edge: EdgeOrdinal): boolean {
    return this.#graph.edgeNameOf(edge) === 'previous' && this.#contexts.isContext(owner);
  }

  /** The scope of the code that may run for a function or generator; `none` if it has ended. */
  #codeOf(owner: NodeOrdinal): number | 'none' | 'unknown' {
    const graph = this.#graph;
    if (graph.typeOf(owner) === NodeType.closure) return this.#rowOfFunction(owner);
    const [function_, continuation] = ['function', 'continuation'].map((name) =>
      internalField(graph, owner, name),
    );
    if (!function_ || !continuation || graph.typeOf(function_) !== NodeType.closure)
      return 'unknown';
    const value = valueOfNumber(graph, continuation);
    if (value === null) return 'unknown';
    return value === HAS_ENDED ? 'none' : this.#rowOfFunction(function_);
  }

  #rowOfFunction(closure: NodeOrdinal): number | 'unknown' {
    const shared = internalField(this.#graph, closure, 'shared');
    if (shared === null) return 'unknown';
    const known = this.#rowsByInfo.get(shared) ?? this.#findRow(shared);
    this.#rowsByInfo.set(shared, known);
    return known;
  }

  #findRow(shared: NodeOrdinal): number | 'unknown' {
    const script = internalField(this.#graph, shared, 'script');
    const id = this.#scopeIdOf(shared);
    if (script === null || id === null) return 'unknown';
    return this.#rows.rowOf(script, id) ?? 'unknown';
  }

  #scopeIdOf(node: NodeOrdinal): number | null {
    const number = internalField(this.#graph, node, 'scope_id');
    const value = number === null ? null : valueOfNumber(this.#graph, number);
    return value === null ? null : Number(value);
  }

  /**
   * Records for a scope and those around it that some code sees them.
   *
   * @returns false if the scopes are not those that the source has around this code.
   */
  #seeAll(code: number, innermost: NodeOrdinal): boolean {
    const around = this.#rows.aroundOf(code);
    if (around === null) return false;
    let scope: NodeOrdinal | null = innermost;
    // including the scope of the code itself: a generator has one
    for (const row of around) {
      if (scope === null || !this.#contexts.isContext(scope)) return true;
      if (this.#scopeId(scope) !== this.#rows.table.ids[row]) continue;
      const known = this.#known.get(scope);
      if (known !== undefined && known.row !== row) return false;
      // code that has seen this scope before has seen those around it, too
      if (known?.functions.has(code)) return true;
      if (known === undefined) this.#known.set(scope, { row, functions: new Set([code]) });
      else known.functions.add(code);
      scope = internalField(this.#graph, scope, 'previous');
    }
    return scope === null || !this.#contexts.isContext(scope);
  }

  #scopeId(scope: NodeOrdinal): number | null {
    const info = internalField(this.#graph, scope, 'scope_info');
    return info === null ? null : this.#scopeIdOf(info);
  }

  #openAll(innermost: NodeOrdinal): void {
    let scope: NodeOrdinal | null = innermost;
    while (scope !== null && !this.#open.has(scope)) {
      this.#open.add(scope);
      scope = internalField(this.#graph, scope, 'previous');
    }
  }

  *#unusedIn(scope: NodeOrdinal, { row, functions }: KnownScope): Generator<UnusedCapture> {
    const graph = this.#graph;
    const slots = new Map(Array.from(this.#rows.variablesOf(row), (name, slot) => [name, slot]));
    for (let edge = graph.firstEdge(scope); edge < graph.endEdge(scope); edge++) {
      if (graph.edgeTypeOf(edge) !== EdgeType.context) continue;
      const slot = slots.get(graph.tables.edgeNames[edge] as number);
      if (slot === undefined || NOT_WRITTEN.test(graph.edgeNameOf(edge))) continue;
      const users = this.#rows.usersOf(row, slot);
      if (users.some((user) => this.#mayRun(user, functions))) continue;
      yield { scope, edge, value: this.#valueOf(edge) };
    }
  }

  /**
   * True if a living function has this scope in its code, or in that of a function it may create.
   */
  #mayRun(user: number, functions: ReadonlySet<number>): boolean {
    const around = this.#rows.aroundOf(user);
    return around === null || around.some((row) => functions.has(row));
  }

  /** The value of a variable: that of an assigned one is in a cell. */
  #valueOf(edge: EdgeOrdinal): NodeOrdinal {
    const graph = this.#graph;
    const value = graph.targetOf(edge);
    if (graph.nameOf(value) !== 'system / ContextCell') return value;
    for (let inner = graph.firstEdge(value); inner < graph.endEdge(value); inner++) {
      if (graph.edgeTypeOf(inner) === EdgeType.hidden) return graph.targetOf(inner);
    }
    return value;
  }
}
