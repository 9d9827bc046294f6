import { expect, test } from 'vitest';
import { collectBackrefs } from '../../src/collect/collect-backrefs.js';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { seeds } from '../support/cases.js';
import type { HeapBuilder } from '../support/heap-builder.js';
import { randomHeap, seededRandom } from '../support/random-heap.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { InvariantChecker } from './invariants.js';

const SOURCE = { kind: 'snapshot', producer: 'test' } as const;
const viewOf = (heap: HeapBuilder) => buildHeapView(heap.facts(), new FrameIndex([]));

/** Removes previews: they name the properties in the order in which the program created them. */
function withoutPreviews({ nodes, ...rest }: Subgraph) {
  return { ...rest, nodes: nodes.map(({ preview: _, ...node }) => node) };
}

test('the order in which a node lists its references changes no answer', () => {
  for (const seed of seeds(150)) {
    const [heap, other] = [randomHeap(seed), randomHeap(seed)];
    const random = seededRandom(seed);
    for (const edges of other.edges) edges.sort(() => random() - 0.5);
    const [view, shuffled] = [viewOf(heap), viewOf(other)];
    for (let node = 1 as NodeOrdinal; node < heap.nodes.length; node++) {
      const options = { ...WALK_OPTIONS, depth: seed % 4, fanIn: 1 + (seed % 3) };
      const ask = (of: typeof view) =>
        withoutPreviews(collectBackrefs(of, [node], options, SOURCE));
      expect(ask(shuffled), `heap ${seed}, node ${node}`).toEqual(ask(view));
    }
  }
});

test('random graphs with cycles, orphans and weak references keep every invariant', () => {
  for (const seed of seeds(150)) {
    const heap = randomHeap(seed);
    const checker = new InvariantChecker(viewOf(heap));
    const limits = { depth: seed % 4, fanIn: 1 + (seed % 3), maxNodes: 2 + (seed % 9) };
    const options = { ...WALK_OPTIONS, ...limits, weak: seed % 2 === 0 };
    for (let node = 1 as NodeOrdinal; node < heap.nodes.length; node++) {
      expect(checker.violations([node], options), `heap ${seed}`).toEqual([]);
    }
  }
});
