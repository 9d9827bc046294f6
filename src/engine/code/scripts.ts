import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';

/** A place in a source file; line and column start at 1. */
export interface SourcePlace {
  /** Path or URL as the engine knows the script, or as a source map names the source. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The script that ran, where this is what a source map says of a place in it. */
  readonly mapped?: MappedScript;
}

export interface MappedScript {
  readonly file: string;
  /** Name of the map's file; null for a map that was loaded with the script. */
  readonly map: string | null;
}

/** A place in a script as the engine loaded it; line and column are 1-based. */
export interface LoadedPlace {
  readonly scriptId: number;
  /** Path or URL as the engine knows the script; null where the heap does not name it. */
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
}

/** The source maps of a heap's scripts. */
export interface ScriptMaps {
  /**
   * Where a place comes from; null for one that was added to the source when it was compiled, undefined
   * where no map says.
   */
  placeOf(loaded: LoadedPlace): SourcePlace | null | undefined;
  /** The source's name of a class or function that was made at that place; null for the same name. */
  nameOf(loaded: LoadedPlace, name: string): string | null;
  /** The names in the scripts of the classes whose names in the sources are wanted. */
  loadedNames(isWanted: (original: string) => boolean): ReadonlySet<string>;
  /** How a debugger calls a script whose name the heap does not have; null for others. */
  fileOf(scriptId: number): string | null;
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
  #maps: ScriptMaps | null = null;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  /** From here on places and names are those of the sources, where these maps say what they are. */
  follow(maps: ScriptMaps | null): void {
    this.#maps = maps;
  }

  get maps(): ScriptMaps | null {
    return this.#maps;
  }

  /** Where a node was defined (functions) or its class was (instances); null when not recorded. */
  placeOf(node: NodeOrdinal): SourcePlace | null {
    const loaded = this.loadedPlaceOf(node);
    return loaded === null ? null : this.sourceOf(loaded);
  }

  /** The same in the text of the script as it was loaded. */
  loadedPlaceOf(node: NodeOrdinal): LoadedPlace | null {
    const location = this.#graph.locationOf(node);
    if (location === null) return null;
    const { scriptId, line, column } = location;
    const isClosure = this.#graph.typeOf(node) === NodeType.closure;
    const file = (isClosure ? this.fileOf(node) : null) ?? this.#nameOfScript(scriptId);
    return { scriptId, file, line, column };
  }

  /**
   * Where a place comes from, or else the place itself; null in a script without a name, and for what is
   * nowhere in the source that has the script's name.
   */
  sourceOf(loaded: LoadedPlace): SourcePlace | null {
    const found = this.#maps?.placeOf(loaded);
    if (found !== undefined) return found;
    const { file, line, column } = loaded;
    return file === null ? null : { file, line, column };
  }

  /** The source's name of the class or function of a node; null where it is the same or not known. */
  originalNameOf(node: NodeOrdinal, name: string): string | null {
    if (this.#maps === null || name === '') return null;
    const loaded = this.loadedPlaceOf(node);
    return loaded === null ? null : this.#maps.nameOf(loaded, name);
  }

  /** The scripts that objects and functions of the heap were defined in, with their files. */
  all(): ReadonlyMap<number, string> {
    const { nodes, scriptIds } = this.#graph.tables.locations;
    const found = new Map<number, string>();
    for (let row = 0; row < nodes.length; row++) {
      const scriptId = scriptIds[row] as number;
      const node = nodes[row] as NodeOrdinal;
      if (found.has(scriptId) || this.#graph.typeOf(node) !== NodeType.closure) continue;
      const file = this.fileOf(node);
      if (file !== null) found.set(scriptId, file);
    }
    return found;
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
    const name = this.#searchClosureOf(scriptId) ?? this.#maps?.fileOf(scriptId) ?? null;
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
