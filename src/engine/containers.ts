import type { HeapGraph } from '../graph/heap-graph.js';
import type { NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import { HashTables } from './hash-tables.js';

/** V8 objects that can get more entries without becoming other objects. */
export type ContainerKind = 'Map' | 'Set' | 'Array' | 'Object';

export interface Container {
  readonly node: NodeOrdinal;
  readonly kind: ContainerKind;
  /** Entries, as far as a snapshot shows them: see `HashTables.countEntries` and `arrayLength`. */
  readonly entries: number;
}

/** An array's length is not in a snapshot; its store and its elements on the heap bound it. */
export interface ArrayLength {
  /** One more than the highest index of an element on the heap. */
  readonly least: number;
  /** Elements that the store has room for. */
  readonly capacity: number;
}

/** The length of an array store's header in words: its shape and its length. */
const STORE_HEADER_WORDS = 2;
/** Stores with room for fewer entries are not worth a look. */
const LEAST_CAPACITY = 4;

/**
 * Every object with a store of its own for entries: Map, Set, arrays, and objects used as dictionaries.
 * One pass over the edges of all objects.
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

/** Bounds of the length of an array with this store. */
function arrayLength(
  graph: HeapGraph,
  { array, store, wordSize }: { array: NodeOrdinal; store: NodeOrdinal | null; wordSize: number },
): ArrayLength {
  const bytes = store === null ? 0 : graph.selfSizeOf(store);
  const capacity = Math.max(0, bytes / wordSize - STORE_HEADER_WORDS);
  return { least: leastLength(graph, array), capacity };
}

type StoreKind = 'table' | 'elements' | 'properties';

interface Store {
  readonly kind: StoreKind;
  readonly store: NodeOrdinal;
}

/** The kind of store by the index of an edge's name. */
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

/** The store that holds most, of those that are large enough. */
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
  const { wordSize } = tables;
  const { least, capacity } = arrayLength(graph, { array: node, store, wordSize });
  // of numbers alone only the room for them shows
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

function leastLength(graph: HeapGraph, array: NodeOrdinal): number {
  const { edgeTypes, edgeNames } = graph.tables;
  const end = graph.endEdge(array);
  let least = 0;
  for (let e: number = graph.firstEdge(array); e < end; e++) {
    const index = edgeNames[e] as number;
    if (edgeTypes[e] === EdgeType.element && index >= least) least = index + 1;
  }
  return least;
}
