import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';

/** A place in a source file; line and column are 1-based. */
export interface SourcePlace {
  /** Path or URL as the engine knows the script. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const SCRIPT_PREFIX = 'system / Script / ';
const SHARED_PREFIX = 'system / SharedFunctionInfo / ';

/**
 * Which file a function or object comes from. A file only lists script numbers; the names are found
 * through closures: closure -> shared function info -> script.
 */
export class Scripts {
  readonly #graph: HeapGraph;
  readonly #names = new Map<number, string | null>();

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  /** Where a node was defined (functions) or its class was (instances); null when not recorded. */
  placeOf(node: NodeOrdinal): SourcePlace | null {
    const location = this.#graph.locationOf(node);
    if (location === null) return null;
    const isClosure = this.#graph.typeOf(node) === NodeType.closure;
    const file = (isClosure ? this.fileOf(node) : null) ?? this.#nameOfScript(location.scriptId);
    return file === null ? null : { file, line: location.line, column: location.column };
  }

  /** The script a closure or a shared function info belongs to. */
  fileOf(node: NodeOrdinal): string | null {
    const shared = this.sharedOf(node) ?? node;
    const script = this.#field(shared, 'script') ?? this.#field(shared, 'script_or_debug_info');
    if (script === null || this.#graph.typeOf(script) !== NodeType.code) return null;
    const name = this.#graph.nameOf(script);
    if (name.startsWith(SCRIPT_PREFIX)) return name.slice(SCRIPT_PREFIX.length);
    return name === '' || name.startsWith('system / ') ? null : name;
  }

  sharedOf(closure: NodeOrdinal): NodeOrdinal | null {
    return this.#field(closure, 'shared');
  }

  /** The name of a function from its shared function info. */
  functionNameOf(shared: NodeOrdinal): string {
    const name = this.#graph.nameOf(shared);
    if (name.startsWith(SHARED_PREFIX)) return name.slice(SHARED_PREFIX.length);
    const isUnnamed = name.startsWith('system / ') || name === '(shared function info)';
    return isUnnamed ? '' : name;
  }

  #nameOfScript(scriptId: number): string | null {
    const known = this.#names.get(scriptId);
    if (known !== undefined) return known;
    const name = this.#searchClosureOf(scriptId);
    this.#names.set(scriptId, name);
    return name;
  }

  #searchClosureOf(scriptId: number): string | null {
    const { nodes, scriptIds } = this.#graph.tables.locations;
    for (let row = 0; row < nodes.length; row++) {
      const node = nodes[row] as NodeOrdinal;
      if (scriptIds[row] !== scriptId || this.#graph.typeOf(node) !== NodeType.closure) continue;
      const file = this.fileOf(node);
      if (file !== null) return file;
    }
    return null;
  }

  #field(node: NodeOrdinal, name: string): NodeOrdinal | null {
    return internalField(this.#graph, node, name);
  }
}

/** The target of a node's `internal` edge of that name. */
export function internalField(
  graph: HeapGraph,
  node: NodeOrdinal,
  name: string,
): NodeOrdinal | null {
  const { strings, edgeNames } = graph.tables;
  for (let edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
    if (graph.edgeTypeOf(edge) !== EdgeType.internal) continue;
    if (strings.equals(edgeNames[edge], name)) return graph.targetOf(edge);
  }
  return null;
}
