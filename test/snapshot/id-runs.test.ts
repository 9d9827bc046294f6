import { describe, expect, it } from 'vitest';
import { IdRuns } from '../../src/snapshot/id-runs.js';

function areUnique(...pieces: readonly (readonly number[])[]): boolean {
  const runs = new IdRuns();
  for (const piece of pieces) runs.add(Uint32Array.from(piece));
  return runs.areUnique(Uint32Array.from(pieces.flat()));
}

const rising = (count: number) => Array.from({ length: count }, (_, i) => 2 * i + 1);

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
    ['the same in two short runs beside a long one', false, [rising(50), [2, 8, 4, 8]]],
    ['runs that overlap', true, [[1, 5, 9, 2, 6]]],
    ['zero first', true, [[0, 1]]],
    ['zero twice', false, [[0, 0]]],
  ])('%s: %s', (_, expected, pieces) => {
    expect(areUnique(...pieces)).toBe(expected);
  });

  it('not for more runs, or more ids apart from the longest, than are worth comparing', () => {
    expect(areUnique(rising(10_000).reverse())).toBe(false);
    expect(
      areUnique(
        rising(100_000),
        rising(90_000).map((id) => id + 1),
      ),
    ).toBe(false);
  });

  it('even if a piece was read elsewhere', () => {
    const runs = new IdRuns();
    const ids = Uint32Array.of(1, 99, 101, 103, 105, 199, 150, 152);
    runs.addRising(1, 99, 2);
    runs.add(Uint32Array.of(101, 103));
    runs.addRising(105, 199, 2);
    expect(runs.areUnique(ids)).toBe(true);
    runs.addRising(150, 152, 2);
    expect(runs.areUnique(ids)).toBe(true);
    ids[7] = 199;
    expect(runs.areUnique(ids)).toBe(false);
  });
});
