import { describe, expect, it } from 'vitest';
import type { EdgeOrdinal } from '../../src/graph/ordinals.js';
import { indexRetainers, Retainers } from '../../src/graph/retainers.js';
import type { SnapshotTables } from '../../src/snapshot/snapshot-tables.js';
import { seeds } from '../support/cases.js';
import { fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap } from '../support/random-heap.js';

function retainersIn(tables: SnapshotTables, leastHubEdges?: number): Retainers {
  return new Retainers(tables.edgeTargets, indexRetainers(tables, leastHubEdges));
}

describe('the reverse index', () => {
  it('groups edges by target, in file order', () => {
    // 0 ─0→ 1, 0 ─1→ 2, 1 ─2→ 2, 1 ─3→ 2, 2 ─4→ 2, 2 ─5→ 0      3 is alone
    const heap = new HeapBuilder();
    const [one, two] = [heap.node('object', '1'), heap.node('object', '2')];
    heap.node('object', '3');
    heap.edge(heap.root, 'property', 'a', one).edge(heap.root, 'property', 'b', two);
    heap.edge(one, 'property', 'c', two).edge(one, 'weak', 'd', two);
    heap.edge(two, 'property', 'e', two).edge(two, 'property', 'f', heap.root);
    for (const leastHubEdges of [undefined, 1, 3]) {
      const retainers = retainersIn(heap.tables(), leastHubEdges);
      expect([0, 1, 2, 3].map((node) => [...retainers.of(node)])).toEqual([
        [5],
        [0],
        [1, 2, 3, 4],
        [],
      ]);
    }
  });

  it('is empty for a heap without edges', () => {
    expect([...retainersIn(new HeapBuilder().tables()).of(0)]).toEqual([]);
  });

  it('keeps what it collected for a hub', () => {
    const heap = new HeapBuilder();
    const hub = heap.node('object', 'hub');
    for (let i = 0; i < 5000; i++) heap.edge(heap.root, 'element', i, hub);
    const retainers = retainersIn(heap.tables());
    expect(retainers.of(hub)).toHaveLength(5000);
    expect(retainers.of(hub)).toBe(retainers.of(hub));
  });

  it.each([0, 1, 2, 1024])(
    'holds every edge of generated heaps exactly once, at its target: hubs from %i edges',
    (leastHubEdges) => {
      for (const seed of seeds(100)) {
        const graph = randomHeap(seed).graph();
        const retainers = retainersIn(graph.tables, leastHubEdges);
        const expected = Array.from({ length: graph.nodeCount }, (_, node) =>
          [...graph.tables.edgeTargets.keys()].filter((e) => graph.tables.edgeTargets[e] === node),
        );
        const found = expected.map((_, node) => [...retainers.of(node)]);
        expect([seed, found]).toEqual([seed, expected]);
      }
    },
  );

  it.each(['node-12', 'deno-2.9', 'bun-1.4'] as const)('holds every edge of %s', async (name) => {
    const { graph } = await fixtureFacts(name);
    const retainers = retainersIn(graph.tables);
    const seen = new Set<number>();
    let misplaced = 0;
    for (let node = 0; node < graph.nodeCount; node++) {
      for (const edge of retainers.of(node)) {
        seen.add(edge);
        if (graph.targetOf(edge as EdgeOrdinal) !== node) misplaced++;
      }
    }
    expect(misplaced).toBe(0);
    expect(seen.size).toBe(graph.edgeCount);
  });
});
