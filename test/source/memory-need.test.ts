import { describe, expect, test } from 'vitest';
import { describeMemoryNeed, describePauses } from '../../src/source/inspector/foretell-cost.js';

describe('the possible cost of taking a heap', () => {
  test.each([0, 4_000_000, 199_999_999])('%d bytes: nothing to say', (bytes) => {
    expect(describeMemoryNeed('"pid:1"', bytes)).toBeNull();
  });

  test('a large one: what it has, what V8 may need there and showbackref here', () => {
    expect(describeMemoryNeed('"pid:1"', 500e6)).toBe(
      'The heap of "pid:1" has 500 MB: if it is mostly small objects, V8 needs 5.0 GB to 17 GB more there while it takes the snapshot, and showbackref up to 2.3 GB.',
    );
  });
});

describe('for how long a program stands still', () => {
  test.each([
    [
      [1e9, 5],
      '"pid:1" stands still while V8 takes its heap of 1.0 GB: up to 5 times, each for 2.5 s to 2 min, the more objects the longer.',
    ],
    [
      [1e9, 1],
      '"pid:1" stands still while V8 takes its heap of 1.0 GB: once for 2.5 s to 2 min, the more objects the longer.',
    ],
    [
      [1e6, Number.POSITIVE_INFINITY],
      '"pid:1" stands still while V8 takes its heap of 1.0 MB: each time for about 0.1 s.',
    ],
  ] as const)('%j', ([bytes, times], sentence) => {
    expect(describePauses('"pid:1"', bytes, times)).toBe(sentence);
  });
});
