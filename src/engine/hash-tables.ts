import type { HeapGraph } from '../graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../graph/ordinals.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { internalField } from './code/scripts.js';
import { inheritedName } from './prototypes.js';

/** The header of V8's OrderedHashTable: counts of elements, deleted elements and buckets. */
const HEADER_SLOTS = 3;
/** The number of slots of one entry. */
export const ENTRY_SLOTS = { Map: 3, Set: 2 } as const;
/** The number of slots of two entries and their bucket (load factor 2). */
const SHARED_SLOTS = { Map: 7, Set: 5 } as const;

export type CollectionKind = keyof typeof ENTRY_SLOTS;

/** The content of a slot in the table of a Map or Set. */
export type TableSlot =
  | { readonly role: 'key'; readonly entry: number }
  | { readonly role: 'value'; readonly entry: number; readonly key: NodeOrdinal | null }
  | { readonly role: 'other' };

/** Decodes the tables of Map and Set. Source: V8 `src/objects/ordered-hash-table.h`. */
export class HashTables {
  readonly #graph: HeapGraph;
  #wordSize: number | null = null;

  constructor(graph: HeapGraph) {
    this.#graph = graph;
  }

  /** True if an object is a Map or a Set, subclasses included; null for anything else. */
  kindOf(object: NodeOrdinal): CollectionKind | null {
    return inheritedName(this.#graph, object, ['Map', 'Set']);
  }

  /** The meaning of `edge`, which leaves `table`. */
  slotOf(kind: CollectionKind, table: NodeOrdinal, edge: EdgeOrdinal): TableSlot {
    const entry = ENTRY_SLOTS[kind];
    const slot = this.#entrySlot(kind, table, edge);
    if (slot === null) return { role: 'other' };
    const index = Math.floor(slot / entry);
    if (slot % entry === 0) return { role: 'key', entry: index };
    if (kind === 'Set' || slot % entry !== 1) return { role: 'other' };
    return { role: 'value', entry: index, key: this.#keyBefore(table, edge) };
  }

  /**
   * The number of entries with a key or value on the heap; entries of only small integers leave no
   * trace.
   */
  countEntries(kind: CollectionKind, table: NodeOrdinal): number {
    const { strings, edgeNames, edgeTypes } = this.#graph.tables;
    const entry = ENTRY_SLOTS[kind];
    const first = this.firstSlotOf(kind, table);
    const end = this.#graph.endEdge(table);
    const entries = new Uint32Array(end - this.#graph.firstEdge(table));
    let length = 0;
    for (let e: number = this.#graph.firstEdge(table); e < end; e++) {
      const slot = edgeTypes[e] === EdgeType.internal ? strings.numberAt(edgeNames[e]) : -1;
      if (slot >= first) entries[length++] = Math.floor((slot - first) / entry);
    }
    return countDistinct(entries.subarray(0, length));
  }

  /** The value that a Map has for a text key; null when there is no such key. */
  valueUnder(map: NodeOrdinal, key: string): NodeOrdinal | null {
    const table = internalField(this.#graph, map, 'table');
    if (table === null || this.kindOf(map) !== 'Map') return null;
    for (let e = this.#graph.firstEdge(table); e < this.#graph.endEdge(table); e++) {
      const slot = this.slotOf('Map', table, e);
      if (slot.role !== 'value' || slot.key === null) continue;
      const isText = this.#graph.typeOf(slot.key) === NodeType.string;
      if (isText && this.#graph.nameOf(slot.key) === key) return this.#graph.targetOf(e);
    }
    return null;
  }

  /** The number of bytes of a pointer in this heap: 8, or 4 with pointer compression (Chrome). */
  get wordSize(): number {
    this.#wordSize ??= this.#findWordSize();
    return this.#wordSize;
  }

  #entrySlot(kind: CollectionKind, table: NodeOrdinal, edge: EdgeOrdinal): number | null {
    if (this.#graph.edgeTypeOf(edge) !== EdgeType.internal) return null;
    const { strings, edgeNames } = this.#graph.tables;
    const index = strings.numberAt(edgeNames[edge]);
    if (index < 0) return null;
    const slot = index - this.firstSlotOf(kind, table);
    return slot >= 0 ? slot : null;
  }

  /** The slot where the entries begin: after the header and the buckets. */
  firstSlotOf(kind: CollectionKind, table: NodeOrdinal): number {
    const word = this.wordSize;
    const length = (this.#graph.selfSizeOf(table) - 2 * word) / word;
    return HEADER_SLOTS + Math.floor((length - HEADER_SLOTS) / SHARED_SLOTS[kind]);
  }

  /** The key is one slot before its value, and slots are written in order. */
  #keyBefore(table: NodeOrdinal, edge: EdgeOrdinal): NodeOrdinal | null {
    const before = (edge - 1) as EdgeOrdinal;
    if (before < this.#graph.firstEdge(table)) return null;
    if (this.#graph.edgeTypeOf(before) !== EdgeType.internal) return null;
    const isPrevious =
      Number(this.#graph.edgeNameOf(before)) === Number(this.#graph.edgeNameOf(edge)) - 1;
    return isPrevious ? this.#graph.targetOf(before) : null;
  }

  #findWordSize(): number {
    const { strings, nodeNames, selfSizes } = this.#graph.tables;
    const heapNumber = new Set(strings.find('heap number'));
    const shape = new Set(strings.find('system / Map'));
    for (let n = 0; n < this.#graph.nodeCount; n++) {
      const name = nodeNames[n] as number;
      const size = selfSizes[n] as number;
      // newer V8 writes read-only objects with size 0, so only other sizes are significant
      const isNumber =
        heapNumber.has(name) && this.#graph.typeOf(n as NodeOrdinal) === NodeType.number;
      if (isNumber && (size === 12 || size === 16)) return size === 12 ? 4 : 8;
      if (shape.has(name) && (size === 40 || size === 72)) return size === 40 ? 4 : 8;
    }
    return 8;
  }
}

/** Counts distinct values; needs no sorting, because V8 writes slots in order. */
function countDistinct(values: Uint32Array): number {
  if (!isAscending(values)) values.sort();
  let count = Math.min(values.length, 1);
  for (let i = 1; i < values.length; i++) if (values[i] !== values[i - 1]) count++;
  return count;
}

function isAscending(values: Uint32Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] < values[i - 1]) return false;
  return true;
}
