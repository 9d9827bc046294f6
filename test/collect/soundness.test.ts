import { describe, expect, it } from 'vitest';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { caseCount } from '../support/cases.js';
import { FIXTURE_NAMES, fixtureBytes, fixtureFacts } from '../support/fixtures.js';
import { readRawHeap } from '../support/raw-heap.js';
import { seededRandom } from './seeded-random.js';
import { SoundnessChecker } from './soundness.js';

/**
 * For one in this many objects, the other ends of its references are asked about their side, too.
 */
const THOROUGH_EVERY = 10;

describe('folding is sound in both directions', () => {
  it.each(FIXTURE_NAMES)('in the heap of %s', { timeout: 600_000 }, async (name) => {
    const view = buildHeapView(await fixtureFacts(name), new FrameIndex([]));
    const heap = readRawHeap(fixtureBytes(name));
    const checker = new SoundnessChecker(view, heap);
    const random = seededRandom(heap.nodes.length);
    const objects = heap.nodes.flatMap(({ type }, node) =>
      /^(object|closure|regexp|native)$/.test(type) ? [node as NodeOrdinal] : [],
    );
    const found = Array.from({ length: caseCount(2000) }, (_, i) => {
      const object = objects[random(objects.length)] as NodeOrdinal;
      return checker.violations(object, { isThorough: i % THOROUGH_EVERY === 0 });
    });
    expect([...new Set(found.flat())]).toEqual([]);
  });
});
