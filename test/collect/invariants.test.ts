import { describe, expect, it } from 'vitest';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { NodeType } from '../../src/graph/types.js';
import { parsePattern } from '../../src/question/pattern.js';
import type { CollectOptions } from '../../src/question/walk-options.js';
import { caseCount } from '../support/cases.js';
import { FIXTURE_NAMES, fixtureFacts } from '../support/fixtures.js';
import { WALK_OPTIONS } from '../support/walk-options.js';
import { InvariantChecker } from './invariants.js';
import { seededRandom } from './seeded-random.js';

const TARGETS = caseCount(200, 12);

/**
 * Option sets: each target is asked for with two of these, in turn, so that each set meets many
 * targets.
 */
const OPTION_SETS: readonly Partial<CollectOptions>[] = [
  {},
  { depth: 1, fanIn: 1, maxNodes: 5 },
  { depth: 6, maxNodes: 20 },
  { depth: 2, fanIn: 2, toRoots: false },
  { internals: true },
  { depth: 6, fanIn: 2, weak: true },
  { depth: 2, retained: true },
  { depth: 1, fanIn: 2, maxNodes: 20, internals: true, weak: true, toRoots: false },
  { depth: 0 },
  { depth: 6, fanIn: 1, internals: true, maxNodes: 20 },
  { depth: 1, toRoots: false, maxNodes: 5 },
  { hide: [parsePattern('Object'), parsePattern('globalThis')] },
  { depth: 2, stop: [parsePattern('Object'), parsePattern('/^scope/')] },
];
const SETS_PER_TARGET = 2;
/** The other commands, and grouping, are asked for with these only: all option sets in turn. */
const THOROUGH_EVERY = 15;

const USER_TYPES: readonly number[] = [
  NodeType.object,
  NodeType.closure,
  NodeType.regexp,
  NodeType.native,
];

/** Every second one is an object that a user could ask for, the others any node. */
function randomTargets({ graph }: HeapView, count: number): readonly NodeOrdinal[] {
  const random = seededRandom(graph.nodeCount);
  const any = () => random(graph.nodeCount) as NodeOrdinal;
  return Array.from({ length: count }, (_, i) => {
    let node = any();
    while (i % 2 === 0 && !USER_TYPES.includes(graph.typeOf(node))) node = any();
    return node;
  });
}

describe('whatever the target and the options', () => {
  it.each(FIXTURE_NAMES)('a picture of the heap of %s keeps every invariant', async (fixture) => {
    const view = buildHeapView(await fixtureFacts(fixture), new FrameIndex([]));
    const checker = new InvariantChecker(view);
    const violations = randomTargets(view, TARGETS).flatMap((target, i) =>
      Array.from({ length: SETS_PER_TARGET }, (_, k) => {
        const set = OPTION_SETS[(i * SETS_PER_TARGET + k) % OPTION_SETS.length];
        const options = { ...WALK_OPTIONS, ...set };
        return checker.violations([target], options, { isThorough: i % THOROUGH_EVERY === 0 });
      }).flat(),
    );
    expect(violations).toEqual([]);
  });

  it('keeps every invariant with several targets at once', async () => {
    const view = buildHeapView(await fixtureFacts('chromium-127'), new FrameIndex([]));
    const checker = new InvariantChecker(view);
    const targets = randomTargets(view, 3 * OPTION_SETS.length);
    const sets = OPTION_SETS.slice(0, caseCount(OPTION_SETS.length, 5));
    const violations = sets.flatMap((set, i) => {
      const asked = [...new Set(targets.slice(3 * i, 3 * i + 3))];
      return checker.violations(asked, { ...WALK_OPTIONS, ...set });
    });
    expect(violations).toEqual([]);
  });
});
