import { describe, expect, it } from 'vitest';
import { computeShallowSizes } from '../../src/graph/compute-shallow-sizes.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { EdgeOrdinal, NodeOrdinal } from '../../src/graph/ordinals.js';
import { findUserRoots } from '../../src/graph/user-roots.js';
import { seeds } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap } from '../support/random-heap.js';

describe('storage counts as part of the only object that keeps it', () => {
  it('also through other storage, but not when it is shared', () => {
    // global ──> list ──elements──> store ──> inner      list, other ──> shared
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array', { size: 16 });
    const store = heap.node('array', '', { size: 100 });
    const inner = heap.node('hidden', 'system / Cell', { size: 8 });
    const other = heap.node('object', 'Foo', { size: 20 });
    const shared = heap.node('array', '', { size: 50 });
    heap.edge(heap.global, 'property', 'list', list).edge(heap.global, 'property', 'other', other);
    heap.edge(list, 'internal', 'elements', store).edge(store, 'internal', '0', inner);
    heap.edge(list, 'internal', 'shared', shared).edge(other, 'internal', 'shared', shared);
    const sizes = computeShallowSizes(heap.graph());
    expect([list, store, inner, other, shared].map((node) => sizes[node])).toEqual([
      124, 0, 0, 20, 50,
    ]);
  });

  it('stays where it is in files without user roots', () => {
    const heap = new HeapBuilder();
    const list = heap.node('object', 'Array', { size: 16 });
    const store = heap.node('array', '', { size: 100 });
    heap.edge(heap.gcRoots, 'element', 0, list).edge(list, 'internal', 'elements', store);
    const sizes = computeShallowSizes(heap.graph());
    expect([sizes[list], sizes[store]]).toEqual([16, 100]);
  });
});

describe('against the definition: which objects reach the storage through storage only', () => {
  it.each(seeds(25).map((seed) => (seed - 1) * 20))('heaps %i to +19', (first) => {
    for (let seed = first; seed < first + 20; seed++) {
      const graph = randomHeap(seed).graph();
      expect([seed, ...computeShallowSizes(graph)]).toEqual([seed, ...slowShallowSizes(graph)]);
    }
  });
});

function slowShallowSizes(graph: HeapGraph): number[] {
  const nodes = Array.from({ length: graph.nodeCount }, (_, n) => n as NodeOrdinal);
  const sizes = nodes.map((node) => graph.selfSizeOf(node));
  if (findUserRoots(graph).length === 0) return sizes;
  const isStorage = (node: NodeOrdinal) => /^(array|hidden)$/.test(graph.typeNameOf(node));
  const owners = nodes.filter((node) => !isStorage(node));
  const reached = owners.map((owner) => reachedThrough(graph, owner, isStorage));
  for (const node of nodes.filter(isStorage)) {
    const [owner, second] = owners.filter((_, at) => reached[at]?.has(node));
    if (owner === undefined || second !== undefined || owner === graph.root) continue;
    if (graph.typeNameOf(owner) === 'synthetic') continue;
    sizes[owner] = sizes[owner]! + graph.selfSizeOf(node);
    sizes[node] = 0;
  }
  return sizes;
}

function reachedThrough(
  graph: HeapGraph,
  start: NodeOrdinal,
  isStorage: (node: NodeOrdinal) => boolean,
): ReadonlySet<NodeOrdinal> {
  const reached = new Set([start]);
  for (const node of reached) {
    for (let e = graph.firstEdge(node); e < graph.endEdge(node); e++) {
      const edge = e as EdgeOrdinal;
      if (graph.edgeTypeNameOf(edge) === 'weak' || !isStorage(graph.targetOf(edge))) continue;
      reached.add(graph.targetOf(edge));
    }
  }
  return reached;
}
