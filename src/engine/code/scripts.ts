import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';

/** A place in a source file; line and column start at 1. */
export interface SourcePlace {
  /** Path or URL by which the engine knows the script. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const SCRIPT_PREFIX = 'system / Script / ';
const DEBUG_INFO = 'system / DebugInfo';
const SHARED_PREFIX = 'system / SharedFunctionInfo / ';

/**
 * Finds the file of a function or object. A snapshot only lists script numbers; the names are found
 * through closures: closure -> shared function info -> script.
 */
export class Scripts {
  readonly #graph: HeapGraph;
  readonly #names = new Map<number, string | null>();

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  /** The place where a function or an instance's class was defined; null when not recorded. */
  placeOf(node: NodeOrdinal): SourcePlace | null {
    const location = this.#graph.locationOf(node);
    if (location === null) return null;
    const isClosure = this.#graph.typeOf(node) === NodeType.closure;
    const file = (isClosure ? this.fileOf(node) : null) ?? this.#nameOfScript(location.scriptId);
    return file === null ? null : { file, line: location.line, column: location.column };
  }

  /** The script that a closure or a shared function info belongs to. */
  fileOf(node: NodeOrdinal): string | null {
    const script = this.#scriptOf(node);
    if (script === null) return null;
    const name = this.#graph.nameOf(script);
    if (name.startsWith(SCRIPT_PREFIX)) return name.slice(SCRIPT_PREFIX.length);
    return name === '' || name.startsWith('system / ') ? null : name;
  }

  /**
   * The source text of that script, cut after its beginning as in the file; null when it has none.
   */
  textOf(node: NodeOrdinal): string | null {
    const script = this.#scriptOf(node);
    const source = script === null ? null : this.#field(script, 'source');
    if (source === null || this.#graph.typeOf(source) !== NodeType.string) return null;
    return this.#graph.nameOf(source);
  }

  #scriptOf(node: NodeOrdinal): NodeOrdinal | null {
    const shared = this.sharedOf(node) ?? node;
    const found = this.#field(shared, 'script') ?? this.#field(shared, 'script_or_debug_info');
    if (found === null) return null;
    if (this.#graph.nameOf(found) === DEBUG_INFO) return this.#scriptOfDebugInfo(found);
    return this.#graph.typeOf(found) === NodeType.code ? found : null;
  }

  /** The script of a function in which a debugger pauses: it moves to a field without a name. */
  #scriptOfDebugInfo(info: NodeOrdinal): NodeOrdinal | null {
    const graph = this.#graph;
    for (let e = graph.firstEdge(info); e < graph.endEdge(info); e++) {
      const part = graph.targetOf(e as EdgeOrdinal);
      if (graph.typeOf(part) === NodeType.code && this.#field(part, 'source') !== null) return part;
    }
    return null;
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

/** The target of a node's `internal` edge with that name. */
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
