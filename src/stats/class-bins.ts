import { ClassNames } from '../engine/classes/class-names.js';
import type { HeapFacts } from '../engine/heap-facts.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { NodeType } from '../graph/types.js';
import { ObjectShapes, type Shape } from './object-shapes.js';

/**
 * Nodes that have the same class whatever the interfaces are: the class name of plain objects
 * depends on other plain objects, in a comparison also on those of another heap.
 */
export interface ClassBin {
  /** The class name; `Object` for plain objects. */
  readonly name: string;
  /**
   * The place where the class was defined, as `file:line:column`: classes of one name may differ.
   */
  readonly location: string | null;
  /** Only for plain objects. */
  readonly shape: Shape | null;
}

export interface BinnedNodes {
  readonly bins: readonly ClassBin[];
  /** Index into `bins` by node ordinal; length nodeCount. */
  readonly binOf: Uint32Array;
}

/**
 * Sorts all nodes into bins.
 *
 * Source: DevTools `HeapSnapshotNode.classKeyInternal`.
 */
export function binNodes(facts: HeapFacts): BinnedNodes {
  const { graph } = facts;
  const names = new ClassNames(graph);
  const shapes = new ObjectShapes(graph);
  const places = new ClassPlaces(facts);
  const bins = new BinTable();
  const binOf = new Uint32Array(graph.nodeCount);
  for (let n = 0; n < graph.nodeCount; n++) {
    const node = n as NodeOrdinal;
    const name = names.nameOf(node);
    const isObject = graph.typeOf(node) === NodeType.object;
    const place = isObject ? places.placeOf(node) : null;
    binOf[n] = bins.indexOf(name, place, isObject ? shapes.shapeOf(node) : null);
  }
  return { bins: bins.bins, binOf };
}

/** Finds a bin by its properties, without making text of them for each node. */
class BinTable {
  readonly bins: ClassBin[] = [];
  readonly #indexes = new Map<string | Shape, Map<string | null, number>>();

  indexOf(name: string, location: string | null, shape: Shape | null): number {
    const key = shape ?? name;
    let byLocation = this.#indexes.get(key);
    if (byLocation === undefined) {
      byLocation = new Map();
      this.#indexes.set(key, byLocation);
    }
    const known = byLocation.get(location);
    if (known !== undefined) return known;
    const index = this.bins.push({ name, location, shape }) - 1;
    byLocation.set(location, index);
    return index;
  }
}

/** Finds the places of classes; nodes have to be asked for in ascending order. */
class ClassPlaces {
  readonly #facts: HeapFacts;
  #row = 0;
  readonly #texts = new Map<string, string>();

  constructor(facts: HeapFacts) {
    this.#facts = facts;
    facts.graph.tables.locations.sort();
  }

  placeOf(node: NodeOrdinal): string | null {
    const { nodes, scriptIds, lines, columns } = this.#facts.graph.tables.locations;
    while (this.#row < nodes.length && (nodes[this.#row] as number) < node) this.#row++;
    const row = this.#row;
    if (nodes[row] !== node) return null;
    const key = `${scriptIds[row]}:${lines[row]}:${columns[row]}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const file = this.#facts.scripts.placeOf(node)?.file ?? `script ${scriptIds[row]}`;
    const text = `${file}:${(lines[row] as number) + 1}:${(columns[row] as number) + 1}`;
    this.#texts.set(key, text);
    return text;
  }
}
