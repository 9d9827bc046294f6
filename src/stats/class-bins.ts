import { ClassNames } from '../engine/classes/class-names.js';
import { classPlaceKey } from '../engine/classes/class-place.js';
import { sourceName } from '../engine/code/source-name.js';
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
    const loaded = names.nameOf(node);
    const isObject = graph.typeOf(node) === NodeType.object;
    const { place, name } = isObject ? places.placeOf(node, loaded) : { place: null, name: loaded };
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

interface NamedPlace {
  /** `file:line:column`. */
  readonly place: string | null;
  readonly name: string;
}

/** Where classes are defined, and what their sources call them; nodes have to be asked for in ascending order. */
class ClassPlaces {
  readonly #facts: HeapFacts;
  #row = 0;
  readonly #places = new Map<string, string>();
  readonly #named = new Map<string, NamedPlace>();

  constructor(facts: HeapFacts) {
    this.#facts = facts;
    facts.graph.tables.locations.sort();
  }

  placeOf(node: NodeOrdinal, name: string): NamedPlace {
    const { nodes, scriptIds, lines, columns } = this.#facts.graph.tables.locations;
    while (this.#row < nodes.length && (nodes[this.#row] as number) < node) this.#row++;
    const row = this.#row;
    if (nodes[row] !== node) return { place: null, name };
    const key = `${scriptIds[row]}:${lines[row]}:${columns[row]}`;
    const place = remembered(this.#places, key, () => classPlaceKey(this.#facts, node));
    return remembered(this.#named, `${key}:${name}`, () => {
      return { place, name: sourceName(this.#facts.scripts, node, name) };
    });
  }
}

function remembered<V>(known: Map<string, V>, key: string, find: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = find();
  known.set(key, value);
  return value;
}
