import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { HeapBuilder } from './heap-builder.js';

/** Numbers in [0, 1) that are the same on every machine. Source: mulberry32, Tommy Ettinger. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NODE_TYPES = ['object', 'object', 'object', 'array', 'hidden', 'synthetic', 'closure'];
const EDGE_TYPES = ['property', 'property', 'internal', 'element', 'hidden', 'weak', 'shortcut'];

/**
 * A heap of 2 to 14 nodes with everything that is difficult for graph code: orphans, cycles, self
 * edges, parallel edges, weak edges, shortcuts, WeakMap entries, with and without user roots.
 */
export function randomHeap(seed: number): HeapBuilder {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const heap = new HeapBuilder();
  const count = 2 + below(13);
  for (let n = 1; n < count; n++) {
    heap.node(NODE_TYPES[below(NODE_TYPES.length)] ?? 'object', `N${n}`, { size: below(100) });
  }
  const anyNode = () => below(count) as NodeOrdinal;
  const edges = below(3 * count);
  for (let e = 0; e < edges; e++) {
    const type = EDGE_TYPES[below(EDGE_TYPES.length)] ?? 'property';
    const isIndexed = type === 'element' || type === 'hidden';
    heap.edge(anyNode(), type, isIndexed ? e : `e${e}`, anyNode());
  }
  for (let pair = below(4); pair > 0; pair--) addWeakMapEntry(heap, pair, anyNode);
  return heap;
}

/** Key and table of an entry hold the value under names that differ only in their first number. */
function addWeakMapEntry(heap: HeapBuilder, pair: number, anyNode: () => NodeOrdinal): void {
  const [key, value] = [anyNode(), anyNode()];
  // V8's own arrays are never keys
  if (heap.nodes[key]?.type === 'array') return;
  const table = heap.node('array', '');
  const id = 2 * table + 1;
  const name = `part of key (K @${pair}) -> value (V @${pair}) pair in WeakMap (table @${id})`;
  heap.edge(anyNode(), 'internal', 'table', table);
  heap.edge(table, 'internal', `1 / ${name}`, value).edge(key, 'internal', `2 / ${name}`, value);
}
