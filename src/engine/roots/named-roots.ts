import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { positionsOf } from '../../graph/positions-of.js';
import { EdgeType, NodeType } from '../../graph/types.js';
import { internalField } from '../code/scripts.js';
import type { CommonJs } from './common-js.js';
import { isOfConsole } from './console-root.js';
import type { Realms } from './realms.js';

/** An object that lives as long as a Node.js program, or as long as some activity of it. */
export type NamedRoot =
  | { readonly kind: 'process' | 'require.cache' | 'console' }
  /** `name` is the C++ class: `TCPSocketWrap`. */
  | { readonly kind: 'handle'; readonly name: string };

const NODE_PREFIX = 'Node / ';
/**
 * C++ classes of running or pending activities, which keep their JavaScript object until they end.
 */
const HANDLES =
  /^Node \/ (Worker|MessagePort|Process|Http2Session|StatWatcher|HTTP\w+|\w*(Wrap|Req|ReqCallback|ReqPromise))$/;
/** C++ objects with the names of handles that are not handles. */
const NO_HANDLES = new Set(['Node / ModuleWrap', 'Node / HandleWrap', 'Node / AsyncWrap']);

interface NamedParts {
  readonly commonJs: CommonJs;
  readonly realms: Realms;
}

/** The objects and C++ handles that are named as roots instead of by their holders. */
export class NamedRoots {
  readonly #parts: NamedParts;
  readonly #graph: HeapGraph;
  #objects: ReadonlyMap<NodeOrdinal, NamedRoot> | null = null;
  #handles: ReadonlyMap<NodeOrdinal, NamedRoot> | null = null;

  constructor(graph: HeapGraph, parts: NamedParts) {
    this.#parts = parts;
    this.#graph = graph;
  }

  of(node: NodeOrdinal): NamedRoot | null {
    return this.#ofObjects.get(node) ?? this.#ofHandles.get(node) ?? null;
  }

  all(): readonly NodeOrdinal[] {
    return [...this.#ofObjects.keys(), ...this.#ofHandles.keys()];
  }

  get #ofObjects(): ReadonlyMap<NodeOrdinal, NamedRoot> {
    this.#objects ??= this.#findObjects();
    return this.#objects;
  }

  get #ofHandles(): ReadonlyMap<NodeOrdinal, NamedRoot> {
    this.#handles ??= this.#findHandles();
    return this.#handles;
  }

  #findObjects(): ReadonlyMap<NodeOrdinal, NamedRoot> {
    const found = new Map<NodeOrdinal, NamedRoot>();
    for (const cache of this.#parts.commonJs.caches) found.set(cache, { kind: 'require.cache' });
    if (found.size === 0) return found;
    const { nodeNames, nodeTypes, strings } = this.#graph.tables;
    for (const n of positionsOf(nodeNames, strings.find('process'))) {
      const node = n as NodeOrdinal;
      if (nodeTypes[node] !== NodeType.object) continue;
      const version = this.#property(node, 'version');
      if (version === null || !/^v\d+\./.test(this.#graph.nameOf(version))) continue;
      found.set(node, { kind: 'process' });
    }
    const main = this.#parts.realms.main;
    const console = main === null ? null : this.#property(main.object, 'console');
    if (console !== null && this.#graph.typeOf(console) === NodeType.object) {
      found.set(console, { kind: 'console' });
    }
    return found;
  }

  #findHandles(): ReadonlyMap<NodeOrdinal, NamedRoot> {
    const { nodeNames, strings } = this.#graph.tables;
    const names = strings.findPrefix(NODE_PREFIX).filter((index) => {
      const name = strings.get(index);
      return HANDLES.test(name) && !NO_HANDLES.has(name);
    });
    const found = new Map<NodeOrdinal, NamedRoot>();
    for (const n of positionsOf(nodeNames, names)) {
      const node = n as NodeOrdinal;
      if (!this.#isRunning(node)) continue;
      found.set(node, { kind: 'handle', name: this.#graph.nameOf(node).slice(NODE_PREFIX.length) });
    }
    return found;
  }

  /**
   * True while a handle is open: V8's reference to the wrapper of a C++ object becomes weak when
   * that is closed.
   */
  #isRunning(handle: NodeOrdinal): boolean {
    const graph = this.#graph;
    const type = graph.typeOf(handle);
    if (type !== NodeType.synthetic && type !== NodeType.native) return false;
    const wrapper = internalField(graph, handle, 'native_to_javascript');
    if (wrapper === null) return false;
    return graph.retainersOf(wrapper).some((e) => {
      const edge = e as EdgeOrdinal;
      if (!graph.isRetaining(edge) || isOfConsole(graph, edge)) return false;
      return graph.nameOf(graph.ownerOf(edge)) === '(Global handles)';
    });
  }

  #property(owner: NodeOrdinal, name: string): NodeOrdinal | null {
    const graph = this.#graph;
    const { strings, edgeNames } = graph.tables;
    for (let e = graph.firstEdge(owner); e < graph.endEdge(owner); e++) {
      const edge = e as EdgeOrdinal;
      if (graph.edgeTypeOf(edge) !== EdgeType.property) continue;
      if (strings.equals(edgeNames[edge] as number, name)) return graph.targetOf(edge);
    }
    return null;
  }
}
