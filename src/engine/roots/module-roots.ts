import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { NodeType } from '../../graph/types.js';
import { type Contexts, isBuiltinFile } from '../code/contexts.js';
import { recordOfScope } from '../code/module-scopes.js';
import { internalField, type Scripts } from '../code/scripts.js';
import type { CommonJs } from './common-js.js';
import { MODULE_RECORDS } from './module-records.js';
import type { Realms } from './realms.js';
import { isOutsideFunctions } from './source-text.js';

interface Parts {
  readonly contexts: Contexts;
  readonly commonJs: CommonJs;
  readonly realms: Realms;
  readonly scripts: Scripts;
}

/**
 * Determines which scopes live as long as the program, so that their holders need not be shown:
 * those of modules that a loader has, and the top level of scripts in a realm that keeps itself
 * alive.
 */
export class ModuleRoots {
  readonly #graph: HeapGraph;
  readonly #parts: Parts;
  readonly #scopes = new Map<NodeOrdinal, boolean>();
  readonly #records = new Map<NodeOrdinal, boolean>();

  constructor(graph: HeapGraph, parts: Parts) {
    this.#graph = graph;
    this.#parts = parts;
  }

  isRootScope(scope: NodeOrdinal): boolean {
    const known = this.#scopes.get(scope);
    if (known !== undefined) return known;
    const answer = this.#decideScope(scope);
    this.#scopes.set(scope, answer);
    return answer;
  }

  /**
   * True if a loader has the record of a module or of one that imports it: its handle is among the
   * roots, a job of Node's loader has it, or nothing holds it.
   */
  isRootRecord(record: NodeOrdinal): boolean {
    const known = this.#records.get(record);
    if (known !== undefined) return known;
    const answer = this.#isLoaded(record);
    this.#records.set(record, answer);
    return answer;
  }

  #isLoaded(record: NodeOrdinal): boolean {
    const graph = this.#graph;
    const passed = new Set([record]);
    let isHeld = false;
    // a Set can grow while it is iterated, so it serves as the queue
    for (const node of passed) {
      for (const e of graph.retainersOf(node)) {
        const edge = e as EdgeOrdinal;
        const owner = graph.ownerOf(edge);
        if (owner === node || !graph.isRetaining(edge)) continue;
        isHeld = true;
        if (this.#isLoader(owner)) return true;
        if (this.#isLink(owner)) passed.add(owner);
      }
    }
    return !isHeld;
  }

  #isLoader(node: NodeOrdinal): boolean {
    const graph = this.#graph;
    if (graph.typeOf(node) === NodeType.synthetic) return true;
    if (graph.typeOf(node) !== NodeType.object) return false;
    // the main module of a program is a property of the global
    return /^ModuleJob/.test(graph.nameOf(node)) || this.#parts.realms.globalOf(node) !== null;
  }

  /**
   * True for a node between the records of modules that import each other, or for their wrappers in
   * Node.
   */
  #isLink(node: NodeOrdinal): boolean {
    const graph = this.#graph;
    const name = graph.nameOf(node);
    switch (graph.typeOf(node)) {
      case NodeType.array:
        return name === '' || name === '(object elements)';
      case NodeType.object:
        return name === 'ModuleWrap' || name === 'Array';
      default:
        return MODULE_RECORDS.has(name);
    }
  }

  #decideScope(scope: NodeOrdinal): boolean {
    const { contexts, realms } = this.#parts;
    const kind = contexts.kindOf(scope);
    if (kind === 'function') return false;
    if (this.#graph.isJavaScriptCore) return true;
    if (kind === 'script') {
      const outer = internalField(this.#graph, scope, 'previous');
      const realm = outer === null ? null : realms.ofPart(outer);
      return realm === null || realms.isRoot(realm);
    }
    const file = contexts.fileOf(scope);
    if (isBuiltinFile(file)) return true;
    const record = recordOfScope(this.#graph, scope);
    if (record !== null) return this.isRootRecord(record);
    return this.#isCommonJsRoot(scope, file as string);
  }

  #isCommonJsRoot(scope: NodeOrdinal, file: string): boolean {
    const { commonJs, contexts } = this.#parts;
    const functions = contexts.closuresOf(scope);
    const module = commonJs.moduleOfScope(scope) ?? commonJs.moduleExporting(file, functions);
    if (module !== null) return commonJs.isCached(module);
    // if there are several copies of a file, this one may be any of them
    const [only, other] = commonJs.modulesOf(file);
    if (only === undefined || other !== undefined || !commonJs.isCached(only)) return false;
    return contexts.isSurelyModule(scope) || functions.some((f) => this.#isOutsideFunctions(f));
  }

  /** True if the source text has a function at its top level, so that its scope is the module's. */
  #isOutsideFunctions(closure: NodeOrdinal): boolean {
    const { scripts } = this.#parts;
    const [text, place] = [scripts.textOf(closure), scripts.loadedPlaceOf(closure)];
    return text !== null && place !== null && isOutsideFunctions(text, place);
  }
}
