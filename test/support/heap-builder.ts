import { HeapFacts } from '../../src/engine/heap-facts.js';
import { HeapGraph } from '../../src/graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';
import { checkTables } from '../../src/snapshot/check-tables.js';
import { SectionReader } from '../../src/snapshot/section-reader.js';
import type {
  EdgeTypeName,
  NodeTypeName,
  SnapshotTables,
} from '../../src/snapshot/snapshot-tables.js';
import { type FileStyle, writeHeapFile } from './heap-file.js';

export type { FileStyle } from './heap-file.js';

/**
 * A type by name (names that V8 does not have are added to the file's list) or by its raw number.
 */
export type NodeType = NodeTypeName | (string & {}) | number;
export type EdgeType = EdgeTypeName | (string & {}) | number;

export interface NodeOptions {
  /** V8 id; 2 * ordinal + 1 unless given, so the root is @1 and the first node @3. */
  readonly id?: number;
  /** Shallow size in bytes; 0 unless given. */
  readonly size?: number;
  /** 0 unknown, 1 attached, 2 detached; written when the file's node fields include it. */
  readonly detachedness?: number;
}

export interface ClosureOptions extends NodeOptions {
  /** The script; gives the closure a shared function info and a place. */
  readonly file?: string;
  /** Starts at 1, as people count; in the file it starts at 0. */
  readonly line?: number;
  readonly column?: number;
  /** The scope the function was created in. */
  readonly context?: NodeOrdinal;
}

export interface BuiltNode {
  readonly type: NodeType;
  readonly name: string;
  readonly id: number;
  readonly size: number;
  readonly detachedness: number;
}

export interface BuiltEdge {
  readonly type: EdgeType;
  readonly name: string | number;
  readonly to: NodeOrdinal;
}

export interface BuiltLocation {
  readonly node: NodeOrdinal;
  readonly scriptId: number;
  /** Starts at 0. */
  readonly line: number;
  /** Starts at 0. */
  readonly column: number;
}

/**
 * Builds tiny heaps for tests: draw the heap in a comment, then write it down arrow by arrow.
 *
 *     // root ──(shortcut)──> global ──.list──> Array ──[0]──> Foo
 *     const heap = new HeapBuilder();
 *     const list = heap.node('object', 'Array');
 *     const foo = heap.node('object', 'Foo', { size: 24 });
 *     heap.edge(heap.global, 'property', 'list', list).edge(list, 'element', 0, foo);
 *     const graph = heap.graph();
 *
 * Nodes are numbered in the order they are made, the root is 0. Edges come out grouped by owner (the
 * format has no other way), within one owner in the order they were added; `edgeFrom` finds one again.
 * `tables`, `graph` and `facts` go through the real reader; `bytes` and `text` give the file itself.
 */
export class HeapBuilder {
  readonly nodes: BuiltNode[] = [];
  /** Outgoing edges by owner. */
  readonly edges: BuiltEdge[][] = [];
  readonly locations: BuiltLocation[] = [];
  readonly root: NodeOrdinal;
  readonly #byName = new Map<string, NodeOrdinal>();

  constructor() {
    this.root = this.node('synthetic', '');
  }

  node(type: NodeType, name: string, options: NodeOptions = {}): NodeOrdinal {
    const ordinal = this.nodes.length as NodeOrdinal;
    const { id = 2 * ordinal + 1, size = 0, detachedness = 0 } = options;
    this.nodes.push({ type, name, id, size, detachedness });
    this.edges.push([]);
    return ordinal;
  }

  /** `name` is a number for `element` and `hidden` edges and a text for all others. */
  edge(from: NodeOrdinal, type: EdgeType, name: string | number, to: NodeOrdinal): this {
    this.edges[from]?.push({ type, name, to });
    return this;
  }

  /** Line and column start at 0, as in the file. */
  location(node: NodeOrdinal, scriptId: number, line: number, column: number): this {
    this.locations.push({ node, scriptId, line, column });
    return this;
  }

  /** `(GC roots)` under the root; created when first asked for. */
  get gcRoots(): NodeOrdinal {
    return this.#once('(GC roots)', (roots) => this.edge(this.root, 'element', 1, roots));
  }

  /** A group below `(GC roots)`, such as `(Stack roots)`; one node per name. */
  rootGroup(name: string): NodeOrdinal {
    const parent = this.gcRoots;
    return this.#once(name, (group) =>
      this.edge(parent, 'element', this.edges[parent]?.length ?? 0, group),
    );
  }

  /** The global object where V8 up to 13.6 has it: at the end of a shortcut from the root. */
  get global(): NodeOrdinal {
    const known = this.#byName.get('global');
    if (known !== undefined) return known;
    const global = this.node('object', 'global');
    this.edge(this.root, 'shortcut', '1', global);
    this.#byName.set('global', global);
    return global;
  }

  /** `code` node of a script; one per file. Its script number is its ordinal. */
  script(file: string): NodeOrdinal {
    const known = this.#byName.get(`script ${file}`);
    if (known !== undefined) return known;
    const script = this.node('code', file);
    this.#byName.set(`script ${file}`, script);
    return script;
  }

  /**
   * A function, with the nodes around it that the options ask for (shared function info, script,
   * place).
   */
  closure(name: string, options: ClosureOptions = {}): NodeOrdinal {
    const { file, line = 1, column = 1, context } = options;
    const closure = this.node('closure', name, options);
    if (context !== undefined) this.edge(closure, 'internal', 'context', context);
    if (file !== undefined) {
      const script = this.script(file);
      const shared = this.node('code', name);
      this.edge(closure, 'internal', 'shared', shared).edge(shared, 'internal', 'script', script);
      this.location(closure, script, line - 1, column - 1);
    }
    return closure;
  }

  /** A scope with variables; `previous` is the scope around it. */
  context(variables: Readonly<Record<string, NodeOrdinal>>, previous?: NodeOrdinal): NodeOrdinal {
    const context = this.node('object', 'system / Context');
    if (previous !== undefined) this.edge(context, 'internal', 'previous', previous);
    for (const [name, value] of Object.entries(variables)) {
      this.edge(context, 'context', name, value);
    }
    return context;
  }

  /**
   * The heap as a `.heapsnapshot` file; `style` selects among the ways in which engines write one.
   */
  bytes(style: FileStyle = {}): Uint8Array {
    return Buffer.from(this.text(style), 'utf8');
  }

  text(style: FileStyle = {}): string {
    return writeHeapFile(this, style);
  }

  tables(style: FileStyle = {}): SnapshotTables {
    const reader = new SectionReader(null, null);
    reader.read(this.bytes(style), 0);
    return checkTables(reader);
  }

  graph(style: FileStyle = {}): HeapGraph {
    return new HeapGraph(this.tables(style));
  }

  facts(style: FileStyle = {}): HeapFacts {
    return new HeapFacts(this.graph(style));
  }

  #once(name: string, connect: (node: NodeOrdinal) => void): NodeOrdinal {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const node = this.node('synthetic', name);
    this.#byName.set(name, node);
    connect(node);
    return node;
  }
}

/** The first edge with that name (index in digits) leaving `from`; throws if there is none. */
export function edgeFrom(graph: HeapGraph, from: NodeOrdinal, name: string | number): EdgeOrdinal {
  for (let e = graph.firstEdge(from); e < graph.endEdge(from); e++) {
    if (graph.edgeNameOf(e as EdgeOrdinal) === String(name)) return e as EdgeOrdinal;
  }
  throw new Error(`no edge "${name}" leaves node ${from}`);
}

/** The first node with that name (and type); throws if there is none. */
export function nodeNamed(graph: HeapGraph, name: string, type?: NodeTypeName): NodeOrdinal {
  for (let n = 0 as NodeOrdinal; n < graph.nodeCount; n++) {
    const isType = type === undefined || graph.typeNameOf(n) === type;
    if (isType && graph.nameOf(n) === name) return n;
  }
  throw new Error(`no ${type ?? 'node'} is called "${name}"`);
}

/** The file cut into pieces of `size` bytes, as a stream might deliver it. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
