import { describe, expect, it } from 'vitest';
import { computeClassRetained } from '../../src/graph/compute-class-retained.js';
import { computeDominators } from '../../src/graph/compute-dominators.js';
import { computeRetainedSizes } from '../../src/graph/compute-retained-sizes.js';
import type { HeapGraph } from '../../src/graph/heap-graph.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { seeds } from '../support/cases.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap, seededRandom } from '../support/random-heap.js';

function parts(graph: HeapGraph) {
  const tree = computeDominators(graph);
  const dominators = tree.toArray();
  const retained = computeRetainedSizes(graph, tree).toArray();
  const shallow = retained.map((_, n) => graph.selfSizeOf(n as NodeOrdinal));
  return { dominators, retained, shallow };
}

describe('what a class retains', () => {
  it('is counted once if one of its objects keeps another', () => {
    // global ──> list A ──> list B ──> item, and a second list C
    const heap = new HeapBuilder();
    const [a, b, c] = [1, 2, 4].map((size) => heap.node('object', 'List', { size })) as [
      NodeOrdinal,
      NodeOrdinal,
      NodeOrdinal,
    ];
    const item = heap.node('object', 'Item', { size: 8 });
    heap.edge(heap.global, 'property', 'a', a).edge(heap.global, 'property', 'c', c);
    heap.edge(a, 'property', 'next', b).edge(b, 'property', 'item', item);
    const graph = heap.graph();
    const { dominators, retained, shallow } = parts(graph);
    const classOf = Uint32Array.from({ length: graph.nodeCount }, (_, n) =>
      ['', 'List', 'Item'].indexOf(graph.nameOf(n as NodeOrdinal)) > 0
        ? ['', 'List', 'Item'].indexOf(graph.nameOf(n as NodeOrdinal))
        : 0,
    );
    const classes = { classOf, classCount: 3 };
    const tree = { dominators, root: graph.root };
    expect([...computeClassRetained(classes, tree, { shallow, retained })]).toEqual([0, 15, 8]);
  });
});

describe('against the definition: objects with no other of their class above them', () => {
  it.each(seeds(25).map((seed) => (seed - 1) * 20))('heaps %i to +19', (first) => {
    for (let seed = first; seed < first + 20; seed++) {
      const graph = randomHeap(seed).graph();
      const random = seededRandom(seed);
      const classOf = Uint32Array.from({ length: graph.nodeCount }, () => Math.floor(random() * 3));
      const { dominators, retained, shallow } = parts(graph);
      const classes = { classOf, classCount: 3 };
      const tree = { dominators, root: graph.root };
      const sums = computeClassRetained(classes, tree, { shallow, retained });
      expect([seed, ...sums]).toEqual([seed, ...slowSums()]);

      function slowSums(): number[] {
        const sums = [0, 0, 0];
        for (let n = 0; n < graph.nodeCount; n++) {
          const own = classOf[n]!;
          if (shallow[n] === 0 || above(n).some((m) => classOf[m] === own && shallow[m] !== 0)) {
            continue;
          }
          sums[own] = sums[own]! + retained[n]!;
        }
        return sums;
      }

      function above(node: number): number[] {
        if (node === graph.root) return [];
        const dominator = dominators[node]!;
        return [dominator, ...above(dominator)];
      }
    }
  });
});
