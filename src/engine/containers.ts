import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import { elementsOf, STORE_HEADER_WORDS } from './array-elements.js';
import { HashTables } from './hash-tables.js';

/** V8 objects that can get more entries in place. */
export type ContainerKind = 'Map' | 'Set' | 'Array' | 'Object';

export interface Container {
  readonly node: NodeOrdinal;
  readonly kind: ContainerKind;
  /**
   * The number of entries that a snapshot shows: see `HashTables.countEntries` and `elementsOf`.
   */
  readonly entries: number;
}

/** The least capacity of a store that is examined. */
const LEAST_CAPACITY = 4;

/**
 * Every object with a separate store for entries: Map, Set, arrays, and objects used as
 * dictionaries. Makes one pass over the edges of all objects.
 */
export function* findContainers(graph: HeapGraph): Generator<Container> {
  const { tables } = graph;
  const hashTables = new HashTables(graph);
  const leastBytes = (STORE_HEADER_WORDS + LEAST_CAPACITY) * hashTables.wordSize;
  const stores = new StoreNames(tables);
  for (let n = 0; n < graph.nodeCount; n++) {
    if (tables.nodeTypes[n] !== NodeType.object) continue;
    const node = n as NodeOrdinal;
    const store = findStore(graph, stores, { node, leastBytes });
    if (store === null) continue;
    const container = containerOf(graph, hashTables, { node, ...store });
    if (container.entries > 0) yield container;
  }
}

type StoreKind = 'table' | 'elements' | 'properties';

interface Store {
  readonly kind: StoreKind;
  readonly store: NodeOrdinal;
}

/** Finds the kind of store by the index of an edge's name. */
class StoreNames {
  readonly #kinds = new Map<number, StoreKind>();

  constructor({ strings }: SnapshotTables) {
    for (const kind of ['table', 'elements', 'properties'] as const) {
      for (const index of strings.find(kind)) this.#kinds.set(index, kind);
    }
  }

  kindOf(name: number): StoreKind | null {
    return this.#kinds.get(name) ?? null;
  }
}

/** The store with the most entries among those that are large enough. */
function findStore(
  graph: HeapGraph,
  names: StoreNames,
  { node, leastBytes }: { node: NodeOrdinal; leastBytes: number },
): Store | null {
  const { edgeTypes, edgeNames, edgeTargets, selfSizes } = graph.tables;
  const end = graph.endEdge(node);
  let found: Store | null = null;
  let size = leastBytes - 1;
  for (let e: number = graph.firstEdge(node); e < end; e++) {
    if (edgeTypes[e] !== EdgeType.internal) continue;
    const kind = names.kindOf(edgeNames[e] as number);
    const store = edgeTargets[e] as NodeOrdinal;
    const bytes = selfSizes[store] as number;
    if (kind === null || bytes <= size) continue;
    found = { kind, store };
    size = bytes;
  }
  return found;
}

function containerOf(
  graph: HeapGraph,
  tables: HashTables,
  { node, kind, store }: Store & { readonly node: NodeOrdinal },
): Container {
  if (kind === 'table') {
    const collection = tables.kindOf(node);
    if (collection === null) return { node, kind: 'Object', entries: 0 };
    return { node, kind: collection, entries: tables.countEntries(collection, store) };
  }
  if (kind === 'properties') return { node, kind: 'Object', entries: countProperties(graph, node) };
  const { least, capacity } = elementsOf(graph, node, tables.wordSize);
  // an array of numbers only shows its capacity
  const isArray = graph.nameOf(node) === 'Array';
  return { node, kind: isArray ? 'Array' : 'Object', entries: least > 0 ? least : capacity };
}

function countProperties(graph: HeapGraph, node: NodeOrdinal): number {
  const { edgeTypes } = graph.tables;
  const end = graph.endEdge(node);
  let count = 0;
  for (let e: number = graph.firstEdge(node); e < end; e++) {
    if (edgeTypes[e] === EdgeType.property) count++;
  }
  return count;
}
