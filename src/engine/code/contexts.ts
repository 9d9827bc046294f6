import { builtinModules } from 'node:module';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { positionsOf, toMarks } from '../../graph/positions-of.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import type { CommonJs } from '../roots/common-js.js';
import { isInsideFunction } from '../roots/source-text.js';
import { hasFunctionName, isModuleBody } from './module-scopes.js';
import { internalField, type Scripts, type SourcePlace } from './scripts.js';

/** `function` for function and block scopes; the others live as long as the program. */
export type ScopeKind = 'function' | 'module' | 'script';

/** Variables that the CommonJS wrapper, and Node's internal one, pass to every module. */
const WRAPPER_VARIABLES = new Set([
  'module',
  'exports',
  'require',
  '__filename',
  '__dirname',
  'internalBinding',
  'primordials',
]);

const BARE_BUILTINS = new Set(builtinModules.map((name) => `${name}.js`));

export interface ScopeVariable {
  readonly edge: EdgeOrdinal;
  readonly context: NodeOrdinal;
}

/** True for Node's and Deno's own scripts, and for code without a file. */
export function isBuiltinFile(file: string | null): boolean {
  if (file === null || /^(node|ext|deno|native):/.test(file)) return true;
  // Node up to 14 names its modules without "node:": internal/timers.js, events.js
  return /^internal\/.*\.js$/.test(file) || BARE_BUILTINS.has(file);
}

/** The number of functions examined: one scope may have a hundred thousand, and all lead to it. */
const MOST_ASKED = 20;
/** The number of the function around a CommonJS module; 0 is the script itself. */
const WRAPPER_LITERAL = 1;

/** V8's `Context` objects: the variables of a scope that some inner function uses. */
export class Contexts {
  readonly #graph: HeapGraph;
  readonly #scripts: Scripts;
  readonly #names: ReadonlySet<number>;
  readonly #kinds = new Map<NodeOrdinal, ScopeKind>();
  /** Facts derived from a function's holders or scope info; a hundred thousand may share them. */
  readonly #functionsByInfo = new Map<NodeOrdinal, NodeOrdinal | null>();
  readonly #placesByFunction = new Map<NodeOrdinal, SourcePlace | null>();
  readonly #literals = new Map<NodeOrdinal, number>();
  readonly #files = new Map<NodeOrdinal, string | null>();
  readonly #commonJs: CommonJs;
  /** Files that have functions outside of any scope, by native context. */
  readonly #filesWithoutScope = new Map<NodeOrdinal, ReadonlySet<string | null>>();
  /** String indexes of WRAPPER_VARIABLES. */
  #wrapperNames: ReadonlySet<number> | null = null;

  constructor(graph: HeapGraph, scripts: Scripts, commonJs: CommonJs) {
    this.#graph = graph;
    this.#scripts = scripts;
    this.#commonJs = commonJs;
    const { strings } = graph.tables;
    // new V8 appends the id of the scope: "system / Context / scope @46623"
    this.#names = new Set([
      ...strings.find('system / Context'),
      ...strings.findPrefix('system / Context / '),
      ...strings.find('system / JSLexicalEnvironment'),
      ...strings.find('system / JSModuleEnvironment'),
      ...strings.find('system / JSGlobalLexicalEnvironment'),
    ]);
  }

  isContext(node: NodeOrdinal): boolean {
    return (
      this.#graph.typeOf(node) === NodeType.object &&
      this.#names.has(this.#graph.tables.nodeNames[node])
    );
  }

  /** Scopes that hold a variable of one of these names, in file order, each with the edge. */
  variablesNamed(names: ReadonlySet<string>): readonly ScopeVariable[] {
    const { nodeNames, firstEdge, edgeTypes, edgeNames, strings } = this.#graph.tables;
    const isWanted = toMarks([...names].flatMap((name) => strings.find(name)));
    const found: ScopeVariable[] = [];
    const addFrom = (node: number) => {
      for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
        if (edgeTypes[e] !== EdgeType.context || isWanted[edgeNames[e]] !== 1) continue;
        found.push({ edge: e as EdgeOrdinal, context: node as NodeOrdinal });
      }
    };
    // in JavaScriptCore's files the global object has variables, too
    const nodes = this.#graph.isJavaScriptCore
      ? nodeNames.keys()
      : positionsOf(nodeNames, [...this.#names]);
    for (const node of nodes) addFrom(node);
    return found;
  }

  /** Module scopes of the program itself, not of the runtime's own modules. */
  programModules(): readonly NodeOrdinal[] {
    const scopes = new Set(this.variablesNamed(WRAPPER_VARIABLES).map(({ context }) => context));
    return [...scopes].filter((scope) => !isBuiltinFile(this.fileOf(scope)));
  }

  /** True if a node is one of `programModules`. */
  isProgramModule(node: NodeOrdinal): boolean {
    const { nodeNames, firstEdge, edgeTypes, edgeNames, strings } = this.#graph.tables;
    if (!this.#graph.isJavaScriptCore && !this.#names.has(nodeNames[node])) return false;
    this.#wrapperNames ??= new Set([...WRAPPER_VARIABLES].flatMap((name) => strings.find(name)));
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      if (edgeTypes[e] !== EdgeType.context || !this.#wrapperNames.has(edgeNames[e])) continue;
      return !isBuiltinFile(this.fileOf(node));
    }
    return false;
  }

  /** The closures created in this scope, in source order. */
  closuresOf(context: NodeOrdinal): readonly NodeOrdinal[] {
    const found: NodeOrdinal[] = [];
    for (const edge of this.#graph.retainersOf(context)) {
      const owner = this.#graph.ownerOf(edge);
      if (this.#graph.typeOf(owner) !== NodeType.closure) continue;
      const isField = this.#graph.edgeTypeOf(edge) === EdgeType.internal;
      if (isField && this.#graph.edgeNameOf(edge) === 'context') found.push(owner);
    }
    return found;
  }

  kindOf(context: NodeOrdinal): ScopeKind {
    const known = this.#kinds.get(context);
    if (known !== undefined) return known;
    const kind = this.#findKind(context);
    this.#kinds.set(context, kind);
    return kind;
  }

  /** The file of the scope: that of its functions, else that of functions in an inner scope. */
  fileOf(context: NodeOrdinal): string | null {
    const passed = new Set<NodeOrdinal>();
    let file: string | null | undefined;
    let scope: NodeOrdinal | undefined = context;
    while (file === undefined && scope !== undefined && !passed.has(scope)) {
      file = this.#files.get(scope) ?? this.#ownFileOf(scope) ?? undefined;
      if (this.#files.get(scope) === null) file = null;
      passed.add(scope);
      if (file === undefined) scope = this.#innerContexts(scope)[0];
    }
    // scopes may be nested a million deep: the answer applies to each one passed
    for (const inner of passed) this.#files.set(inner, file ?? null);
    return file ?? null;
  }

  #ownFileOf(context: NodeOrdinal): string | null {
    const shared = this.#functionOf(context);
    const file = shared === null ? null : this.#scripts.fileOf(shared);
    if (file !== null) return file;
    for (const closure of this.closuresOf(context)) {
      const found = this.#scripts.fileOf(closure);
      if (found !== null) return found;
    }
    return null;
  }

  /** The name of the function whose scope this is; empty when anonymous or unknown. */
  functionNameOf(context: NodeOrdinal): string {
    const shared = this.#functionOf(context);
    return shared === null ? '' : this.#scripts.functionNameOf(shared);
  }

  /** The place where the scope's function begins, or else the first function created in it. */
  placeOf(context: NodeOrdinal): SourcePlace | null {
    const shared = this.#functionOf(context);
    const own = shared === null ? null : this.#placeOfClosureOf(shared);
    if (own !== null) return own;
    const places = this.closuresOf(context)
      .map((closure) => this.#scripts.placeOf(closure))
      .filter((place) => place !== null)
      .sort((a, b) => a.line - b.line || a.column - b.column);
    return places[0] ?? null;
  }

  #findKind(context: NodeOrdinal): ScopeKind {
    const graph = this.#graph;
    for (let edge = graph.firstEdge(context); edge < graph.endEdge(context); edge++) {
      if (graph.edgeTypeOf(edge) !== EdgeType.context) continue;
      if (WRAPPER_VARIABLES.has(graph.edgeNameOf(edge))) return 'module';
    }
    for (const e of graph.retainersOf(context)) {
      const owner = graph.ownerOf(e);
      if (this.#isScriptContextTable(owner)) return 'script';
      if (isModuleBody(graph, owner)) return 'module';
    }
    const name = graph.nameOf(context);
    if (name === 'system / JSModuleEnvironment') return 'module';
    if (name === 'system / JSGlobalLexicalEnvironment') return 'script';
    return this.#isOutermostOfModule(context) === 'no' ? 'function' : 'module';
  }

  /** True if the scope is certainly a module's, not that of a function without an outer scope. */
  isSurelyModule(context: NodeOrdinal): boolean {
    return this.kindOf(context) === 'module' && this.#isOutermostOfModule(context) !== 'maybe';
  }

  /**
   * Decides whether a scope is a module's. Modules of Node and CommonJS run wrapped in one
   * function, so the outermost scope is the module's. If a CommonJS module has no scope, that of a
   * function in it looks the same. V8 numbers the functions of a script in order, the wrapper being
   * 1, which decides it while the first of them lives. After that, a module's scope has no function
   * name, and no other function of the file is outside of it.
   */
  #isOutermostOfModule(context: NodeOrdinal): 'yes' | 'maybe' | 'no' {
    const outer = internalField(this.#graph, context, 'previous');
    if (outer === null || this.isContext(outer)) return 'no';
    const file = this.fileOf(context);
    if (file === null) return 'no';
    if (isBuiltinFile(file)) return 'yes';
    if (this.#commonJs.modulesOf(file).length === 0) return 'no';
    const shared = this.#functionOf(context);
    const own = shared === null ? Number.POSITIVE_INFINITY : this.#literalOf(shared);
    if (Number.isFinite(own)) return own <= WRAPPER_LITERAL ? 'yes' : 'no';
    const first = this.#firstInnerLiteral(context);
    if (first === WRAPPER_LITERAL + 1) return 'yes';
    const isFunctions = !Number.isFinite(first) || hasFunctionName(this.#graph, context);
    if (isFunctions || this.#isInFunction(context)) return 'no';
    return this.#hasFunctionsOutside(outer, file) ? 'no' : 'maybe';
  }

  /** True if, in the source text, the functions of a scope are in another, ended function. */
  #isInFunction(context: NodeOrdinal): boolean {
    const some = this.closuresOf(context).slice(0, MOST_ASKED);
    return some.some((closure) => {
      const [text, place] = [this.#scripts.textOf(closure), this.#scripts.loadedPlaceOf(closure)];
      return text !== null && place !== null && isInsideFunction(text, place);
    });
  }

  /** True if a file has functions outside of scopes: a module's scope would contain all of them. */
  #hasFunctionsOutside(realm: NodeOrdinal, file: string): boolean {
    const files = remembered(this.#filesWithoutScope, realm, () => {
      return new Set(this.closuresOf(realm).map((closure) => this.#scripts.fileOf(closure)));
    });
    return files.has(file);
  }

  /** The lowest number among the functions of this scope and of the blocks and classes in it. */
  #firstInnerLiteral(context: NodeOrdinal): number {
    const scopes = [context, ...this.#innerContexts(context)];
    // many closures may come from one function, and each would search all holders of that function
    const functions = new Set<NodeOrdinal>();
    for (const scope of scopes) {
      for (const closure of this.closuresOf(scope)) {
        const shared = this.#scripts.sharedOf(closure);
        if (shared !== null) functions.add(shared);
      }
    }
    let lowest = Number.POSITIVE_INFINITY;
    for (const shared of functions) lowest = Math.min(lowest, this.#literalOf(shared));
    return lowest;
  }

  /** The number of a function in its script: its slot in the script's weak list of functions. */
  #literalOf(shared: NodeOrdinal): number {
    return remembered(this.#literals, shared, () => this.#findLiteral(shared));
  }

  #findLiteral(shared: NodeOrdinal): number {
    const graph = this.#graph;
    for (const edge of graph.retainersOf(shared)) {
      if (graph.edgeTypeOf(edge) !== EdgeType.weak) continue;
      if (this.#isListOfScript(graph.ownerOf(edge))) return Number(graph.edgeNameOf(edge));
    }
    return Number.POSITIVE_INFINITY;
  }

  /**
   * True for the list of a script: functions are in other weak lists, too, such as that of all
   * functions a debugger looked at.
   */
  #isListOfScript(list: NodeOrdinal): boolean {
    const graph = this.#graph;
    if (graph.nameOf(list) !== 'system / WeakFixedArray') return false;
    return graph.retainersOf(list).some((e) => {
      return graph.typeOf(graph.ownerOf(e as EdgeOrdinal)) === NodeType.code;
    });
  }

  #isScriptContextTable(node: NodeOrdinal): boolean {
    const graph = this.#graph;
    if (graph.nameOf(node) === 'system / ScriptContextTable') return true;
    if (graph.typeOf(node) !== NodeType.array || graph.nameOf(node) !== '') return false;
    return graph.retainersOf(node).some((e) => {
      const edge = e as EdgeOrdinal;
      const isField = graph.edgeTypeOf(edge) === EdgeType.internal;
      return isField && graph.edgeNameOf(edge) === 'script_context_table';
    });
  }

  #innerContexts(context: NodeOrdinal): readonly NodeOrdinal[] {
    const found: NodeOrdinal[] = [];
    for (const e of this.#graph.retainersOf(context)) {
      const owner = this.#graph.ownerOf(e);
      if (owner !== context && this.isContext(owner)) found.push(owner);
    }
    return found;
  }

  /** The shared function info whose scope info this context was made from. */
  #functionOf(context: NodeOrdinal): NodeOrdinal | null {
    const info = internalField(this.#graph, context, 'scope_info');
    if (info === null) return null;
    return remembered(this.#functionsByInfo, info, () => this.#findFunction(info));
  }

  #findFunction(info: NodeOrdinal): NodeOrdinal | null {
    for (const edge of this.#graph.retainersOf(info)) {
      if (this.#graph.edgeTypeOf(edge) !== EdgeType.internal) continue;
      if (this.#graph.edgeNameOf(edge) === 'name_or_scope_info') return this.#graph.ownerOf(edge);
    }
    return null;
  }

  #placeOfClosureOf(shared: NodeOrdinal): SourcePlace | null {
    return remembered(this.#placesByFunction, shared, () => this.#findPlaceOfClosure(shared));
  }

  #findPlaceOfClosure(shared: NodeOrdinal): SourcePlace | null {
    for (const e of this.#graph.retainersOf(shared)) {
      const owner = this.#graph.ownerOf(e);
      if (this.#graph.typeOf(owner) !== NodeType.closure) continue;
      const place = this.#scripts.placeOf(owner);
      if (place !== null) return place;
    }
    return null;
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = find();
  known.set(key, value);
  return value;
}
