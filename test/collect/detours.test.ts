import { describe, expect, it } from 'vitest';
import { collectChain } from '../../src/collect/collect-chain.js';
import { keepsAlive } from '../../src/collect/walk/rank-holders.js';
import { Neighbours } from '../../src/collect/walk/walk-neighbours.js';
import { isRootNode } from '../../src/engine/describe-node.js';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../src/engine/heap-view.js';
import { RootBand } from '../../src/graph/compute-distances.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { NodeType } from '../../src/graph/types.js';
import { DEFAULT_COLLECT_OPTIONS } from '../../src/question/walk-options.js';
import { caseCount } from '../support/cases.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { ordinalOf } from './answer.js';
import { draw } from './draw.js';
import { SOURCE } from './invariants.js';
import { seededRandom } from './seeded-random.js';

/** The number of steps that a root of the program may be farther away than one of the runtime. */
const WORTH = 2;
const USER_TYPES: readonly number[] = [NodeType.object, NodeType.closure, NodeType.regexp];

/** globalThis ──.a──> L1 ──> … ──> Ln ──> Foo <──foo── scope of a module of Node.js */
function heldBothWays(length: number): { readonly heap: HeapBuilder; readonly foo: NodeOrdinal } {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo');
  const scope = heap.context({ foo, internalBinding: heap.closure('internalBinding') });
  const use = heap.closure('use', { context: scope, file: 'node:internal/far' });
  let far = heap.node('object', 'Far0');
  heap.edge(heap.global, 'property', 'far', far);
  for (let i = 1; i < 8; i++) {
    const next = heap.node('object', `Far${i}`);
    heap.edge(far, 'property', 'next', next);
    far = next;
  }
  heap.edge(far, 'property', 'use', use);
  let near = heap.global;
  for (let i = 1; i <= length; i++) {
    const next = heap.node('object', `L${i}`);
    heap.edge(near, 'property', 'next', next);
    near = next;
  }
  heap.edge(near, 'property', 'foo', foo);
  return { heap, foo };
}

describe('a path ends at a root that holds an object on it', () => {
  it('if another path has many more steps', () => {
    const { heap, foo } = heldBothWays(5);
    expect(draw(heap, foo, { depth: 0 })).toEqual(['module node:internal/far -foo-> Foo']);
  });

  it('but continues to a root of the program that is a step or two further', () => {
    const { heap, foo } = heldBothWays(1);
    expect(draw(heap, foo, { depth: 0 })).toEqual(['globalThis -.next-> L1', 'L1 -.foo-> Foo']);
  });
});

describe('no path makes a detour around a root that holds an object on it', () => {
  it.each(FIXTURE_NAMES)('in the heap of %s', async (fixture) => {
    const view = buildHeapView(await fixtureFacts(fixture), new FrameIndex([]));
    const neighbours = new Neighbours(view, DEFAULT_COLLECT_OPTIONS, 'up');
    const detours = randomTargets(view, caseCount(300)).flatMap((target) => {
      const way = wayOf(view, target);
      return way.slice(0, -1 - WORTH).filter((node) => {
        return neighbours.of(node).some((holder) => {
          const { end, distance } = holder;
          if (!keepsAlive(holder) || 'frame' in end || distance >= RootBand.SYSTEM) return false;
          return end.node !== target && isRootNode(view, end.node);
        });
      });
    });
    expect(detours.map((node) => `@${view.graph.idOf(node)}`)).toEqual([]);
  });
});

/**
 * The objects on the path that a chain draws, the target first, without the root, up to omitted
 * steps.
 */
function wayOf(view: HeapView, target: NodeOrdinal): readonly NodeOrdinal[] {
  const { edges, targets } = collectChain(view, [target], DEFAULT_COLLECT_OPTIONS, SOURCE);
  const holder = new Map(edges.map(({ from, to }) => [to, from]));
  const way: NodeOrdinal[] = [];
  let id: string | undefined = targets[0];
  while (id?.startsWith('@') && holder.has(id)) {
    way.push(ordinalOf(view, id));
    id = holder.get(id);
  }
  return way;
}

function randomTargets(view: HeapView, count: number): readonly NodeOrdinal[] {
  const { graph, rootDistances } = view;
  const random = seededRandom(graph.nodeCount);
  const targets: NodeOrdinal[] = [];
  while (targets.length < count) {
    const node = random(graph.nodeCount) as NodeOrdinal;
    if (!USER_TYPES.includes(graph.typeOf(node)) || isRootNode(view, node)) continue;
    if (rootDistances.of(node) >= 0) targets.push(node);
  }
  return targets;
}
