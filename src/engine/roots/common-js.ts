import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { positionsOf } from '../../graph/positions-of.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { pathOf } from '../../util/path-of.js';
import { internalField } from '../code/scripts.js';

/**
 * Finds the CommonJS modules of Node.js: its `Module` objects, and the caches that `require` uses.
 */
export class CommonJs {
  readonly #graph: HeapGraph;
  #byFile: ReadonlyMap<string, readonly NodeOrdinal[]> | null = null;
  #caches: ReadonlySet<NodeOrdinal> | null = null;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  /** The modules of a file: several if it was reloaded. */
  modulesOf(file: string): readonly NodeOrdinal[] {
    this.#byFile ??= this.#findModules();
    return this.#byFile.get(pathOf(file)) ?? [];
  }

  /** The module of a file that exports one of these functions. */
  moduleExporting(file: string, functions: readonly NodeOrdinal[]): NodeOrdinal | null {
    const isExported = (node: NodeOrdinal) => functions.includes(node);
    const found = this.modulesOf(file).find((module) => {
      const exports = this.#target(module, EdgeType.property, 'exports');
      return (
        exports !== null && (isExported(exports) || this.#properties(exports).some(isExported))
      );
    });
    return found ?? null;
  }

  /** `require.cache`, which is `Module._cache`. */
  get caches(): ReadonlySet<NodeOrdinal> {
    this.#caches ??= this.#findCaches();
    return this.#caches;
  }

  isCached(module: NodeOrdinal): boolean {
    const graph = this.#graph;
    return graph.retainersOf(module).some((e) => {
      const edge = e as EdgeOrdinal;
      if (graph.edgeTypeOf(edge) !== EdgeType.property || !graph.isRetaining(edge)) return false;
      return this.caches.has(graph.ownerOf(edge));
    });
  }

  /**
   * The module that a scope belongs to, found by the variables of the wrapper that functions use;
   * null if none of these is used.
   */
  moduleOfScope(scope: NodeOrdinal): NodeOrdinal | null {
    const graph = this.#graph;
    const module = this.#variable(scope, 'module');
    if (module !== null) return module;
    const require = this.#variable(scope, 'require');
    const inner = require === null ? null : internalField(graph, require, 'context');
    const own = inner === null ? null : this.#variable(inner, 'mod');
    if (own !== null) return own;
    const exports = this.#variable(scope, 'exports');
    return exports === null ? null : this.#moduleWith(exports);
  }

  #moduleWith(exports: NodeOrdinal): NodeOrdinal | null {
    const graph = this.#graph;
    for (const e of graph.retainersOf(exports)) {
      const edge = e as EdgeOrdinal;
      if (graph.edgeTypeOf(edge) !== EdgeType.property || !graph.isRetaining(edge)) continue;
      if (graph.edgeNameOf(edge) === 'exports') return graph.ownerOf(edge);
    }
    return null;
  }

  #variable(scope: NodeOrdinal, name: string): NodeOrdinal | null {
    return this.#target(scope, EdgeType.context, name);
  }

  #target(owner: NodeOrdinal, type: number, name: string): NodeOrdinal | null {
    const graph = this.#graph;
    const { strings, edgeNames } = graph.tables;
    for (let e = graph.firstEdge(owner); e < graph.endEdge(owner); e++) {
      const edge = e as EdgeOrdinal;
      // ignore a reference that was cut
      if (graph.edgeTypeOf(edge) !== type || !graph.isRetaining(edge)) continue;
      if (strings.equals(edgeNames[edge] as number, name)) return graph.targetOf(edge);
    }
    return null;
  }

  #properties(owner: NodeOrdinal): readonly NodeOrdinal[] {
    const graph = this.#graph;
    const found: NodeOrdinal[] = [];
    for (let e = graph.firstEdge(owner); e < graph.endEdge(owner); e++) {
      const edge = e as EdgeOrdinal;
      if (graph.edgeTypeOf(edge) !== EdgeType.property || !graph.isRetaining(edge)) continue;
      found.push(graph.targetOf(edge));
    }
    return found;
  }

  #nodesNamed(name: string, type: number): readonly NodeOrdinal[] {
    const { nodeNames, nodeTypes, strings } = this.#graph.tables;
    const named = positionsOf(nodeNames, strings.find(name)) as NodeOrdinal[];
    return named.filter((node) => nodeTypes[node] === type);
  }

  #findModules(): ReadonlyMap<string, readonly NodeOrdinal[]> {
    const byFile = new Map<string, NodeOrdinal[]>();
    for (const module of this.#nodesNamed('Module', NodeType.object)) {
      const file = this.#target(module, EdgeType.property, 'filename');
      if (file === null) continue;
      const name = this.#graph.nameOf(file);
      const known = byFile.get(name) ?? [];
      byFile.set(name, known);
      known.push(module);
    }
    return byFile;
  }

  #findCaches(): ReadonlySet<NodeOrdinal> {
    const caches = new Set<NodeOrdinal>();
    for (const loader of this.#nodesNamed('Module', NodeType.closure)) {
      const cache = this.#target(loader, EdgeType.property, '_cache');
      if (cache !== null && this.#graph.typeOf(cache) === NodeType.object) caches.add(cache);
    }
    return caches;
  }
}
