import { describe, expect, test } from 'vitest';
import { describeMemoryNeed } from '../../src/source/inspector/foretell-cost.js';

describe('what it may cost to take a heap', () => {
  test.each([0, 4_000_000, 199_999_999])('%d bytes: nothing to say', (bytes) => {
    expect(describeMemoryNeed('"pid:1"', bytes)).toBeNull();
  });

  test('a large one: what it has, what V8 may need there and showbackref here', () => {
    expect(describeMemoryNeed('"pid:1"', 500e6)).toBe(
      'The heap of "pid:1" has 500 MB: if it is mostly small objects, V8 needs 5.0 GB to 17 GB more there while it takes the snapshot, and showbackref up to 2.3 GB.',
    );
  });
});
