import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';

/** Types of nodes to which a program can add properties. */
const OWNERS: ReadonlySet<number> = new Set([
  NodeType.object,
  NodeType.native,
  NodeType.closure,
  NodeType.regexp,
]);

/** Finds out which objects have all of some own properties; accessors count as properties. */
export class OwnProperties {
  readonly #graph: HeapGraph;
  /** By index into the strings: which of the names it is, or is an accessor of. */
  readonly #places = new Map<number, number>();
  readonly #count: number;

  constructor(graph: HeapGraph, names: readonly string[]) {
    this.#graph = graph;
    const wanted = [...new Set(names)];
    this.#count = wanted.length;
    const { strings } = graph.tables;
    // if an accessor itself is asked for, it does not stand for the property
    for (const prefix of ['get ', 'set ', '']) {
      for (const [place, name] of wanted.entries()) {
        for (const index of strings.find(prefix + name)) this.#places.set(index, place);
      }
    }
  }

  areIn(node: NodeOrdinal): boolean {
    const graph = this.#graph;
    if (!OWNERS.has(graph.typeOf(node))) return false;
    const found = new Set<number>();
    for (let edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
      if (graph.edgeTypeOf(edge) !== EdgeType.property) continue;
      const place = this.#places.get(graph.tables.edgeNames[edge] as number);
      if (place !== undefined) found.add(place);
    }
    return found.size === this.#count;
  }
}

/** True for an object without a specific class, which tables name by its properties. */
export function isPlainObject(graph: HeapGraph, node: NodeOrdinal): boolean {
  if (graph.typeOf(node) !== NodeType.object) return false;
  return graph.nameOf(node) === 'Object';
}
