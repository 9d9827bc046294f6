import type { HeapGraph } from '../../graph/heap-graph.js';
import type { NodeOrdinal } from '../../graph/ordinals.js';
import { EdgeType, NodeType } from '../../graph/types.js';

/** Types of what a program can give properties. */
const OWNERS: ReadonlySet<number> = new Set([
  NodeType.object,
  NodeType.native,
  NodeType.closure,
  NodeType.regexp,
]);

/** Which objects have all of some properties of their own; accessors are properties too. */
export class OwnProperties {
  readonly #graph: HeapGraph;
  /** By index into the strings: which of the names it is, or an accessor of. */
  readonly #places = new Map<number, number>();
  readonly #count: number;

  constructor(graph: HeapGraph, names: readonly string[]) {
    this.#graph = graph;
    const wanted = [...new Set(names)];
    this.#count = wanted.length;
    const { strings } = graph.tables;
    // where an accessor is asked for itself, it does not stand for the property
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

/** An object of no class of its own, which tables name by its properties. */
export function isPlainObject(graph: HeapGraph, node: NodeOrdinal): boolean {
  if (graph.typeOf(node) !== NodeType.object) return false;
  return graph.nameOf(node) === 'Object';
}
