import { describe, expect, it } from 'vitest';
import { FrameIndex } from '../../src/engine/frames.js';
import { buildHeapView, type HeapView } from '../../src/engine/heap-view.js';
import type { NodeOrdinal } from '../../src/graph/ordinals.js';
import { caseCount } from '../support/cases.js';
import {
  CATALOGUE_NAMES,
  catalogueFacts,
  FIXTURE_NAMES,
  fixtureFacts,
} from '../support/fixtures.js';
import { FoldChecker } from './fold-invariants.js';

const TARGETS = caseCount(1000);

function* someNodes({ graph }: HeapView): Iterable<NodeOrdinal> {
  // a prime stride visits all kinds of nodes, the same ones in each run
  const stride = 7919;
  for (let i = 0, n = 0; i < TARGETS; i++, n = (n + stride) % graph.nodeCount) {
    if (n !== graph.root) yield n as NodeOrdinal;
  }
}

describe('folding loses no holder and invents none', () => {
  const heaps = [
    ...FIXTURE_NAMES.map((name) => [name, () => fixtureFacts(name)] as const),
    ...CATALOGUE_NAMES.map(
      (name) => [`the catalogue of ${name}`, () => catalogueFacts(name)] as const,
    ),
  ];

  it.each(heaps)('in %s', async (_name, read) => {
    const view = buildHeapView(await read(), new FrameIndex([]));
    const checker = new FoldChecker(view);
    const violations = Array.from(someNodes(view), (node) => checker.violations(node)).flat();
    expect(violations).toEqual([]);
  });
});
