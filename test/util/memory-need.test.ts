import { expect, it } from 'vitest';
import { memoryNeed } from '../../src/util/memory-need.js';

/** 3 million objects, 10 million references, 11 MB of text: a file of 240 MB. */
const SIZE = { nodeCount: 3_000_000, edgeCount: 10_000_000, textBytes: 11_000_000 };

it('is somewhat more than the file for a plain question, a third on top with retained sizes', () => {
  const plain = memoryNeed(SIZE, { retained: false });
  expect(plain / 1e6).toBeGreaterThan(240);
  expect(plain / 1e6).toBeLessThan(400);
  expect(memoryNeed(SIZE, { retained: true }) / plain).toBeCloseTo(1.31, 1);
});

it('grows in step with the heap, beyond 2^32 too', () => {
  const twice = { nodeCount: 6_000_000, edgeCount: 20_000_000, textBytes: 22_000_000 };
  const step = memoryNeed(twice, { retained: false }) - memoryNeed(SIZE, { retained: false });
  const huge = { nodeCount: 3e9, edgeCount: 10e9, textBytes: 11e9 };
  expect(memoryNeed(huge, { retained: false })).toBeGreaterThan(step * 999);
});
