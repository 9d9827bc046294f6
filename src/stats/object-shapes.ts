import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';

/**
 * The limit of shapes: with more, objects are dictionaries whose keys are data, and their shapes
 * would need as much memory as the heap and name nothing.
 */
const MOST_SHAPES = 200_000;

/** The names of an object's properties, in their order in the file. */
export type Shape = readonly string[];

/**
 * The shapes of a heap's plain objects, each stored once, in the order in which they first occur.
 */
export class ObjectShapes {
  readonly #graph: HeapGraph;
  readonly #most: number;
  readonly #plainNames: ReadonlySet<number>;
  readonly #names = new Map<number, string>();
  readonly #shapes = new Map<string, Shape>();

  /**
   * @param most shapes to distinguish; objects of further ones count as objects without
   *   properties.
   */
  constructor(graph: HeapGraph, most = MOST_SHAPES) {
    this.#graph = graph;
    this.#most = most;
    this.#plainNames = new Set(graph.tables.strings.find('Object'));
  }

  /**
   * The shape of a plain object, null for any other; the same array for objects of the same shape.
   */
  shapeOf(node: NodeOrdinal): Shape | null {
    const graph = this.#graph;
    if (graph.typeOf(node) !== NodeType.object) return null;
    if (!this.#plainNames.has(graph.tables.nodeNames[node] as number)) return null;
    const names: number[] = [];
    for (let edge = graph.firstEdge(node); edge < graph.endEdge(node); edge++) {
      if (graph.edgeTypeOf(edge) === EdgeType.property) {
        names.push(graph.tables.edgeNames[edge] as number);
      }
    }
    return this.#intern(names);
  }

  #intern(names: readonly number[]): Shape {
    const key = names.join();
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    if (names.length > 0 && this.#shapes.size >= this.#most) return this.#intern([]);
    const shape = names.map((name) => this.#nameAt(name));
    this.#shapes.set(key, shape);
    return shape;
  }

  #nameAt(index: number): string {
    const known = this.#names.get(index);
    if (known !== undefined) return known;
    const name = this.#graph.tables.strings.get(index);
    this.#names.set(index, name);
    return name;
  }
}
