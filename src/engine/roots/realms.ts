import type { HeapGraph } from '../../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../graph/ordinals.js';
import { positionsOf } from '../../graph/positions-of.js';
import { NodeType } from '../../graph/types.js';
import { findGlobals, type GlobalObject } from '../../graph/user-roots.js';
import { isOfConsole } from './console-root.js';

/** The realms of a heap: one for a program, one more for each iframe and each `vm` context. */
export class Realms {
  readonly globals: readonly GlobalObject[];
  readonly #graph: HeapGraph;
  readonly #own: readonly NodeOrdinal[];
  readonly #byNode: ReadonlyMap<NodeOrdinal, GlobalObject>;
  #roots: ReadonlySet<GlobalObject> | null = null;

  /** @param own further globals that count as the program's, whatever holds them. */
  constructor(graph: HeapGraph, own: readonly NodeOrdinal[]) {
    this.#graph = graph;
    this.#own = own;
    this.globals = findGlobals(graph);
    this.#byNode = new Map(
      this.globals.flatMap((global) =>
        [...global.aliases, ...global.contexts].map((node) => [node, global] as const),
      ),
    );
  }

  /** The global that a node is, or stands for; null for other nodes. */
  globalOf(node: NodeOrdinal): GlobalObject | null {
    const global = this.#byNode.get(node);
    return global?.aliases.includes(node) ? global : null;
  }

  /** The global of the realm that a global, its stand-in or a native context belongs to. */
  ofPart(node: NodeOrdinal): GlobalObject | null {
    return this.#byNode.get(node) ?? null;
  }

  /**
   * The node that is drawn for a node: a single one for each global, including its native context
   * if that is not a root itself.
   */
  drawnFor(node: NodeOrdinal): NodeOrdinal {
    const global = this.#byNode.get(node);
    if (global === undefined) return node;
    return global.aliases.includes(node) || !this.isRoot(global) ? global.object : node;
  }

  /** All nodes that are drawn as the same one. */
  drawnWith(node: NodeOrdinal): readonly NodeOrdinal[] {
    const global = this.#byNode.get(node);
    if (global === undefined || this.drawnFor(node) !== global.object) return [node];
    return this.isRoot(global) ? global.aliases : [...global.aliases, ...global.contexts];
  }

  /**
   * True if a realm keeps itself alive: the heap's root, a stack or a strong handle of C++ holds
   * it. Others are only kept alive by objects, for example a removed iframe's by objects of its
   * page.
   */
  isRoot(global: GlobalObject): boolean {
    this.#roots ??= this.#findRoots();
    return this.#roots.has(global);
  }

  /** The realm that the heap's root leads to, or else the first that keeps itself alive. */
  get main(): GlobalObject | null {
    const graph = this.#graph;
    for (let e = graph.firstEdge(graph.root); e < graph.endEdge(graph.root); e++) {
      const global = this.ofPart(graph.targetOf(e as EdgeOrdinal));
      if (global !== null) return global;
    }
    return this.globals.find((global) => this.isRoot(global)) ?? null;
  }

  #findRoots(): ReadonlySet<GlobalObject> {
    const graph = this.#graph;
    if (this.globals.length < 2) return new Set(this.globals);
    const roots = new Set<GlobalObject>();
    for (const node of this.#own) {
      const global = this.globalOf(node);
      if (global !== null) roots.add(global);
    }
    for (const group of positionsOf(graph.tables.nodeTypes, [NodeType.synthetic])) {
      const first = graph.firstEdge(group as NodeOrdinal);
      for (let e = first as number; e < graph.endEdge(group as NodeOrdinal); e++) {
        const edge = e as EdgeOrdinal;
        const part = graph.targetOf(edge);
        const global = this.#byNode.get(part);
        // the object of a vm context may be in any variable of a running function
        if (global === undefined || roots.has(global) || part === global.sandbox) continue;
        if (graph.isRetaining(edge) && !isOfConsole(graph, edge)) roots.add(global);
      }
    }
    // the file does not tell: any of them may keep itself alive
    return roots.size > 0 ? roots : new Set(this.globals);
  }
}
