import { describe, expect, it } from 'vitest';
import { buildRetainers } from '../../src/graph/build-retainers.js';
import type { EdgeOrdinal } from '../../src/graph/ordinals.js';
import { fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap } from '../support/random-heap.js';

describe('the reverse index', () => {
  it('groups edges by target, in file order', () => {
    // 0 ─0→ 1, 0 ─1→ 2, 1 ─2→ 2, 1 ─3→ 2, 2 ─4→ 2, 2 ─5→ 0      3 is alone
    const heap = new HeapBuilder();
    const [one, two] = [heap.node('object', '1'), heap.node('object', '2')];
    heap.node('object', '3');
    heap.edge(heap.root, 'property', 'a', one).edge(heap.root, 'property', 'b', two);
    heap.edge(one, 'property', 'c', two).edge(one, 'weak', 'd', two);
    heap.edge(two, 'property', 'e', two).edge(two, 'property', 'f', heap.root);
    const { firstRetainer, retainingEdges } = buildRetainers(heap.tables());
    expect([...firstRetainer]).toEqual([0, 1, 2, 6, 6]);
    expect([...retainingEdges]).toEqual([5, 0, 1, 2, 3, 4]);
  });

  it('is empty for a heap without edges', () => {
    const { firstRetainer, retainingEdges } = buildRetainers(new HeapBuilder().tables());
    expect([...firstRetainer]).toEqual([0, 0]);
    expect(retainingEdges).toHaveLength(0);
  });

  it('holds every edge of generated heaps exactly once, at its target', () => {
    for (let seed = 0; seed < 100; seed++) {
      const graph = randomHeap(seed).graph();
      const { firstRetainer, retainingEdges } = buildRetainers(graph.tables);
      const expected = Array.from({ length: graph.nodeCount }, (_, node) =>
        [...graph.tables.edgeTargets.keys()].filter((e) => graph.tables.edgeTargets[e] === node),
      );
      const found = expected.map((_, node) => [
        ...retainingEdges.subarray(firstRetainer[node], firstRetainer[node + 1]),
      ]);
      expect([seed, found]).toEqual([seed, expected]);
    }
  });

  it.each(['node-12', 'deno-2.9', 'bun-1.4'] as const)('holds every edge of %s', async (name) => {
    const { graph } = await fixtureFacts(name);
    const { firstRetainer, retainingEdges } = buildRetainers(graph.tables);
    expect(firstRetainer[graph.nodeCount]).toBe(graph.edgeCount);
    expect(new Set(retainingEdges).size).toBe(graph.edgeCount);
    let misplaced = 0;
    for (let node = 0; node < graph.nodeCount; node++) {
      const end = firstRetainer[node + 1] as number;
      for (let i = firstRetainer[node] as number; i < end; i++) {
        if (graph.targetOf(retainingEdges[i] as EdgeOrdinal) !== node) misplaced++;
      }
    }
    expect(misplaced).toBe(0);
  });
});
