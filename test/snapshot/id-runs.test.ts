import { describe, expect, it } from 'vitest';
import { IdRuns } from '../../src/snapshot/id-runs.js';

function areApart(...pieces: readonly (readonly number[])[]): boolean {
  const runs = new IdRuns();
  for (const piece of pieces) runs.add(Uint32Array.from(piece));
  return runs.areApart();
}

describe('ids are known to be unique', () => {
  it.each<readonly [string, boolean, readonly (readonly number[])[]]>([
    ['none', true, [[]]],
    ['rising', true, [[1, 3, 5]]],
    [
      'rising over two pieces',
      true,
      [
        [1, 3],
        [5, 7],
      ],
    ],
    ['two runs that do not meet', true, [[7, 9, 1, 3]]],
    ['falling', true, [[9, 7, 5]]],
    ['the same twice in a row', false, [[1, 3, 3]]],
    [
      'the same at a seam',
      false,
      [
        [1, 3],
        [3, 5],
      ],
    ],
    ['the same in two runs', false, [[1, 5, 9, 2, 5]]],
    ['runs that overlap, though no id is there twice', false, [[1, 5, 9, 2, 6]]],
  ])('%s: %s', (_, expected, pieces) => {
    expect(areApart(...pieces)).toBe(expected);
  });

  it('not for more runs than are worth comparing', () => {
    expect(areApart(Array.from({ length: 10_000 }, (_, i) => 100_000 - i))).toBe(false);
  });

  it('also where a piece was looked at elsewhere', () => {
    const runs = new IdRuns();
    runs.addRising(1, 99);
    runs.add(Uint32Array.of(101, 103));
    runs.addRising(105, 199);
    expect(runs.areApart()).toBe(true);
    runs.addRising(151, 153);
    expect(runs.areApart()).toBe(false);
  });
});
