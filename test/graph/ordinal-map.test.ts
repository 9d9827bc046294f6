import { describe, expect, it } from 'vitest';
import { OrdinalMap, OrdinalSet } from '../../src/graph/ordinal-map.js';
import { seededRandom } from '../support/random-heap.js';

describe('numbers by numbers', () => {
  it.each([10, 5_000, 50_000])('are found again as in a Map: %i of them', (count) => {
    const random = seededRandom(count);
    const below = (limit: number) => Math.floor(random() * limit);
    const [own, map] = [new OrdinalMap(), new Map<number, number>()];
    for (let i = 0; i < count; i++) {
      const key = below(100_000) - (i % 5 === 0 ? 100_000 : 0);
      const value = i % 3 === 0 ? -below(2 ** 31) - 1 : below(2 ** 31 - 1);
      own.set(key, value);
      map.set(key, value);
    }
    for (let key = -100_001; key < 300_000; key++) {
      if (own.get(key) !== map.get(key)) expect([key, own.get(key)]).toEqual([key, map.get(key)]);
    }
    expect(own.get(0)).toBe(map.get(0));
  });

  it('may be as low and as high as 32 bits allow, and zero', () => {
    const map = new OrdinalMap();
    for (let key = 0; key < 5_000; key++) map.set(key, 0);
    map.set(1, -(2 ** 31));
    map.set(2, 2 ** 31 - 2);
    expect([map.get(0), map.get(1), map.get(2), map.has(4_999), map.has(5_000)]).toEqual([
      ...[0, -(2 ** 31), 2 ** 31 - 2, true, false],
    ]);
  });

  it('make a set', () => {
    const set = new OrdinalSet();
    for (let key = -10; key < 10_000; key += 2) set.add(key);
    expect([-12, -10, -1, 0, 7, 9_998, 10_000].filter((key) => set.has(key))).toEqual([
      ...[-10, 0, 9_998],
    ]);
  });
});
