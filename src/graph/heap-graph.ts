import { DETACHED, LARGE_SIZE, type SnapshotTables } from '../snapshot/snapshot-tables.js';
import type { Traversal } from './breadth-first.js';
import { EdgeClass, pairOfName } from './edge-class.js';
import { classifyEdges } from './edge-classes.js';
import { EdgeRules, ownerOf } from './edge-rules.js';
import { isJavaScriptCore } from './java-script-core.js';
import type { EdgeList, EdgeOrdinal, NodeOrdinal } from './ordinals.js';
import { indexRetainers, type RetainerColumns, Retainers } from './retainers.js';
import { EdgeType } from './types.js';

/** The place where a node was created or defined; line and column start at 1. */
export interface NodeLocation {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** Data that may already be known about a graph besides its tables. */
export interface KnownOfGraph {
  readonly rules?: EdgeRules;
  readonly edgeClasses?: Uint8Array | null;
  /**
   * Waits for the index of incoming edges that another thread builds; null if it does not arrive.
   */
  readonly retainers?: (() => RetainerColumns | null) | null;
}

/**
 * A heap as a graph: the snapshot's columns with O(1) access by ordinal. Built once, never changed,
 * without algorithms. Nodes and edges are numbered from 0, for loops such as `for (let node =
 * graph.firstNode; node < graph.nodeCount; node++)`, `for (let edge = graph.firstEdge(n); edge <
 * graph.endEdge(n); edge++)`.
 */
export class HeapGraph {
  readonly tables: SnapshotTables;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly firstNode = 0 as NodeOrdinal;
  readonly root: NodeOrdinal;
  /** Determines the meaning of edges. */
  readonly rules: EdgeRules;
  #edgeClasses: Uint8Array | null;
  readonly #collected: KnownOfGraph['retainers'];
  #retainers: Retainers | null = null;
  #isJavaScriptCore: boolean | null = null;

  /** @param known data that others have already computed. */
  constructor(tables: SnapshotTables, known: KnownOfGraph = {}) {
    const { rules = EdgeRules.of(tables), edgeClasses = null, retainers = null } = known;
    this.tables = tables;
    this.nodeCount = tables.nodeCount;
    this.edgeCount = tables.edgeCount;
    this.root = tables.rootOrdinal as NodeOrdinal;
    this.rules = rules;
    this.#edgeClasses = edgeClasses;
    this.#collected = retainers;
  }

  /**
   * EdgeClass bits by edge ordinal; length edgeCount. Takes a pass over all edges when first asked
   * for.
   */
  get edgeClasses(): Uint8Array {
    this.#edgeClasses ??= classifyEdges(this.rules);
    return this.#edgeClasses;
  }

  /** The same heap as if these references did not exist; shares everything but their meaning. */
  without(edges: Iterable<EdgeOrdinal>): HeapGraph {
    const gone = new Map(Array.from(edges, (edge) => [edge, 0]));
    const graph = new HeapGraph(this.tables, { rules: this.rules.with(gone) });
    graph.#retainers = this.#indexed;
    return graph;
  }

  /** True if JavaScriptCore (Bun) wrote it. */
  get isJavaScriptCore(): boolean {
    this.#isJavaScriptCore ??= isJavaScriptCore(this.tables);
    return this.#isJavaScriptCore;
  }

  /**
   * False if no node of the file is its root: `root` then refers to all objects that nobody holds.
   */
  get hasRoot(): boolean {
    return this.tables.hasRoot;
  }

  /** The number of nodes and references in the file. */
  get counts(): { readonly nodeCount: number; readonly edgeCount: number } {
    const { nodeCount, edgeCount } = this;
    if (this.hasRoot) return { nodeCount, edgeCount };
    return { nodeCount: nodeCount - 1, edgeCount: this.firstEdge(this.root) };
  }

  /** The node's type as a number of `NodeType`. */
  typeOf(node: NodeOrdinal): number {
    return this.tables.nodeTypes[node];
  }

  typeNameOf(node: NodeOrdinal): string {
    return this.tables.nodeTypeNames[this.tables.nodeTypes[node]];
  }

  /** The raw name in the file: class, function name, string text. */
  nameOf(node: NodeOrdinal): string {
    return this.tables.strings.get(this.tables.nodeNames[node]);
  }

  idOf(node: NodeOrdinal): number {
    const { nodeIds, nodeIdsAbove } = this.tables;
    return nodeIdsAbove === null ? nodeIds[node] : nodeIdsAbove[node] * 2 ** 32 + nodeIds[node];
  }

  /** False if ids are addresses or the like, which mean nothing in another snapshot. */
  get hasLastingIds(): boolean {
    return !this.isJavaScriptCore && this.tables.nodeIdsAbove === null;
  }

  /** Shallow size in bytes. */
  selfSizeOf(node: NodeOrdinal): number {
    const size = this.tables.selfSizes[node];
    return size === LARGE_SIZE ? (this.tables.largeSelfSizes.get(node) ?? size) : size;
  }

  /** True for a DOM node that is detached from its document; the file has to say so. */
  isDetached(node: NodeOrdinal): boolean {
    return this.tables.detachedness?.[node] === DETACHED;
  }

  firstEdge(node: NodeOrdinal): EdgeOrdinal {
    return this.tables.firstEdge[node] as EdgeOrdinal;
  }

  endEdge(node: NodeOrdinal): EdgeOrdinal {
    return this.tables.firstEdge[node + 1] as EdgeOrdinal;
  }

  /** The edge's type as a number of `EdgeType`. */
  edgeTypeOf(edge: EdgeOrdinal): number {
    return this.tables.edgeTypes[edge];
  }

  edgeTypeNameOf(edge: EdgeOrdinal): string {
    return this.tables.edgeTypeNames[this.tables.edgeTypes[edge]];
  }

  targetOf(edge: EdgeOrdinal): NodeOrdinal {
    return this.tables.edgeTargets[edge] as NodeOrdinal;
  }

  /** True when `name_or_index` is an index rather than a string. */
  isIndexed(edge: EdgeOrdinal): boolean {
    const type = this.tables.edgeTypes[edge];
    return type === EdgeType.element || type === EdgeType.hidden;
  }

  /** Property name, variable name, or the index in digits. */
  edgeNameOf(edge: EdgeOrdinal): string {
    const name = this.tables.edgeNames[edge];
    return this.isIndexed(edge) ? String(name) : this.tables.strings.get(name);
  }

  /** EdgeClass bits. */
  edgeClassOf(edge: EdgeOrdinal): number {
    return this.#edgeClasses?.[edge] ?? this.rules.bitsOf(edge, this.ownerOf(edge));
  }

  isRetaining(edge: EdgeOrdinal): boolean {
    return (this.edgeClassOf(edge) & EdgeClass.RETAINING) !== 0;
  }

  /**
   * True for a reference that is weak for a program, too, such as that of a WeakRef to its target.
   */
  isWeak(edge: EdgeOrdinal): boolean {
    if (this.edgeTypeOf(edge) === EdgeType.weak) return true;
    const exception = this.rules.columns.exceptions.get(edge) ?? 0;
    return (exception & EdgeClass.WEAK) !== 0;
  }

  /**
   * True for the engine's own bookkeeping: shapes, code, feedback. Recognised by the edges that
   * leave the node.
   */
  isEngineOwned(node: NodeOrdinal): boolean {
    for (let e = this.tables.firstEdge[node]; e < this.tables.firstEdge[node + 1]; e++) {
      const bits = this.rules.bitsOf(e, node);
      if (bits !== 0) return (bits & EdgeClass.ENGINE) !== 0;
    }
    return false;
  }

  /** Incoming edges of a node, weak ones included, in file order. */
  retainersOf(node: NodeOrdinal): EdgeList {
    return this.#indexed.of(node) as Iterable<number> as EdgeList;
  }

  /** The number of these edges. */
  countRetainersOf(node: NodeOrdinal): number {
    return this.#indexed.countOf(node);
  }

  /** The only incoming edge of a node, as most have; null if there are none or several. */
  onlyRetainerOf(node: NodeOrdinal): EdgeOrdinal | null {
    const edge = this.#indexed.onlyOf(node);
    return edge < 0 ? null : (edge as EdgeOrdinal);
  }

  get #indexed(): Retainers {
    this.#retainers ??= this.#collectRetainers();
    return this.#retainers;
  }

  #collectRetainers(): Retainers {
    const columns = this.#collected?.() ?? indexRetainers(this.tables);
    return new Retainers(this.tables.edgeTargets, columns);
  }

  /** The data that a search along outgoing edges needs. */
  get traversal(): Traversal {
    const pairOf = (edge: EdgeOrdinal) => pairOfName(this.edgeNameOf(edge));
    return { nodeCount: this.nodeCount, rules: this.rules, pairOf };
  }

  /** The node that an edge leaves, by bisection of the edge index. */
  ownerOf(edge: EdgeOrdinal): NodeOrdinal {
    return ownerOf(this.tables.firstEdge, edge) as NodeOrdinal;
  }

  /** The node with a heap id; null if there is no such node. */
  withId(id: number): NodeOrdinal | null {
    const { nodeIds } = this.tables;
    const lower = id % 2 ** 32;
    for (let at = nodeIds.indexOf(lower); at >= 0; at = nodeIds.indexOf(lower, at + 1)) {
      if (this.idOf(at as NodeOrdinal) === id) return at as NodeOrdinal;
    }
    return null;
  }

  /** Those nodes that have these heap ids, by id; takes one pass. */
  withIds(ids: Iterable<number>): ReadonlyMap<number, NodeOrdinal> {
    const wanted = new Set(ids);
    // a filter by the lower bits: for nearly all ids of a heap the set need not be searched
    const mayBeWanted = new Uint8Array(1 << 16);
    // the lower 32 bits of a wider id, too, because & works on these
    for (const id of wanted) mayBeWanted[id & 0xffff] = 1;
    const found = new Map<number, NodeOrdinal>();
    const { nodeIds } = this.tables;
    for (let node = 0; node < nodeIds.length; node++) {
      if (mayBeWanted[nodeIds[node] & 0xffff] === 0) continue;
      const id = this.idOf(node as NodeOrdinal);
      if (wanted.has(id)) found.set(id, node as NodeOrdinal);
    }
    return found;
  }

  locationOf(node: NodeOrdinal): NodeLocation | null {
    const { locations } = this.tables;
    const row = locations.rowOf(node);
    if (row < 0) return null;
    const { scriptIds, lines, columns } = locations;
    return { scriptId: scriptIds[row], line: lines[row] + 1, column: columns[row] + 1 };
  }
}
