import { describe, expect, it } from 'vitest';
import { countInstances, takeCensus, withoutKeys } from '../../src/stats/census.js';
import { aboveEarlierPeaks, compareCensuses } from '../../src/stats/growth.js';
import { findNewObjects, lastIdOf } from '../../src/stats/new-objects.js';
import { HeapBuilder } from '../support/heap-builder.js';

/** A heap of objects given as `id: class`. */
function census(objects: Readonly<Record<number, string>>, size = 10) {
  const heap = new HeapBuilder();
  for (const [id, name] of Object.entries(objects)) {
    const node = heap.node('object', name, { id: Number(id), size });
    heap.edge(heap.global, 'property', `p${id}`, node);
  }
  return takeCensus(heap.facts());
}

/** Enough lasting objects for two heaps to be of one process. */
const LASTING = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [1001 + 2 * i, 'Old']));

describe('growth within one process', () => {
  const before = census({ ...LASTING, 21: 'A', 23: 'A', 25: 'B' });
  const after = census({ ...LASTING, 23: 'A', 25: 'B', 27: 'A', 29: 'A', 31: 'C' });

  it('counts added and removed objects by id', () => {
    expect(compareCensuses(before, after)).toEqual({
      byId: true,
      types: [
        change('A', { before: 2, after: 3, added: 2, removed: 1, delta: 1, sizeDelta: 10 }),
        change('C', { before: 0, after: 1, added: 1, removed: 0, delta: 1, sizeDelta: 10 }),
      ],
    });
  });

  it('finds the new objects', () => {
    const wanted = ['A', 'B', 'nowhere'].map((name) => ({ name, location: null }));
    const found = findNewObjects(before, after, { wanted, lastIds: [] });
    expect(found.map(({ ids }) => ids)).toEqual([[27, 29], [], []]);
  });

  it('finds between which moments they were created', () => {
    const wanted = [{ name: 'A', location: null }];
    const [found] = findNewObjects(before, after, { wanted, lastIds: [27] });
    expect(found?.made).toEqual([1, 1]);
    expect(lastIdOf(after)).toBeGreaterThan(27);
  });

  it('notes an object that only grew', () => {
    const small = census({ ...LASTING, 21: 'A' }, 10);
    const large = census({ ...LASTING, 21: 'A' }, 30);
    expect(compareCensuses(small, large).types).toContainEqual(
      change('A', { before: 1, after: 1, added: 0, removed: 0, delta: 0, sizeDelta: 20 }),
    );
  });

  it('takes what is outside V8’s heap as lasting: its even ids change with every snapshot', () => {
    const one = census({ ...LASTING, 40: 'Node / Env', 42: 'Node / Env' });
    const two = census({ ...LASTING, 50: 'Node / Env', 52: 'Node / Env', 54: 'Node / Env' });
    expect(compareCensuses(one, two).types).toEqual([
      change('Node / Env', { before: 2, after: 3, added: 1, removed: 0, delta: 1, sizeDelta: 10 }),
    ]);
  });

  it('lists what grew most, then what shrank most, then the others', () => {
    const one = census({
      ...LASTING,
      21: 'Less',
      23: 'Less',
      25: 'Gone',
      27: 'New',
      29: 'AppliedStrategy',
    });
    const two = census({
      ...LASTING,
      31: 'New',
      33: 'New',
      35: 'New',
      37: 'AppliedStrategy',
      39: 'One',
    });
    const { types } = compareCensuses(one, two);
    expect(types.map(({ name, delta }) => `${name} ${delta}`)).toEqual([
      ...['New 2', 'One 1', 'Less -2', 'Gone -1', 'AppliedStrategy 0'],
    ]);
  });

  it('is empty between a heap and itself', () => {
    expect(compareCensuses(after, after)).toEqual({ byId: true, types: [] });
  });
});

describe('growth between different processes', () => {
  it('is by class only: the same ids are other objects', () => {
    const before = census({ 21: 'A', 23: 'A', 25: 'B' });
    const after = census({ 21: 'B', 23: 'B', 25: 'A' });
    expect(compareCensuses(before, after)).toEqual({
      byId: false,
      types: [
        change('B', { before: 1, after: 2, added: null, removed: null, delta: 1, sizeDelta: 10 }),
        change('A', { before: 2, after: 1, added: null, removed: null, delta: -1, sizeDelta: -10 }),
      ],
    });
  });
});

describe('plain objects', () => {
  function plain(objects: number, extra: Readonly<Record<number, string>> = LASTING) {
    const heap = new HeapBuilder();
    const value = heap.node('string', 'v', { size: 8 });
    for (const [id, name] of Object.entries(extra)) {
      heap.edge(heap.global, 'property', id, heap.node('object', name, { id: +id, size: 10 }));
    }
    for (let i = 0; i < objects; i++) {
      const node = heap.node('object', 'Object', { id: 21 + 2 * i, size: 10 });
      heap.edge(heap.global, 'element', i, node);
      heap.edge(node, 'property', 'user', value).edge(node, 'property', 'token', value);
    }
    return takeCensus(heap.facts());
  }

  it('are named in both heaps by the properties that are common in the later one', () => {
    expect(compareCensuses(plain(1), plain(5)).types).toEqual([
      change('{user, token}', {
        ...{ before: 1, after: 5, added: 4, removed: 0, delta: 4, sizeDelta: 40 },
      }),
    ]);
  });

  it('are counted by that name', () => {
    expect(countInstances(plain(5), '{user, token}')).toBe(5);
    expect(countInstances(plain(5), 'Old')).toBe(200);
    expect(countInstances(plain(5), 'New')).toBe(0);
  });
});

describe('the peak rule', () => {
  it('lists what exceeds all moments before, by how much', () => {
    const first = census({ ...LASTING, 21: 'A', 23: 'A', 25: 'A', 27: 'B' });
    const second = census({ ...LASTING, 21: 'A', 27: 'B' });
    const third = census({ ...LASTING, 21: 'A', 31: 'A', 27: 'B', 33: 'B', 35: 'B' });
    const growth = compareCensuses(second, third);
    expect(growth.types.map(({ name, delta }) => [name, delta])).toEqual([
      ['B', 2],
      ['A', 1],
    ]);
    const earlier = [withoutKeys(first), withoutKeys(second)];
    const { types } = aboveEarlierPeaks(growth, earlier, third);
    expect(types.map(({ name, before, delta }) => [name, before, delta])).toEqual([['B', 1, 2]]);
  });

  it('does not claim to know what came and went since the peak', () => {
    const first = census({ ...LASTING, 21: 'A', 23: 'A', 25: 'A' });
    const second = census({ ...LASTING, 21: 'A' });
    const third = census({ ...LASTING, 21: 'A', 31: 'A', 33: 'A', 35: 'A', 37: 'A' });
    const earlier = [withoutKeys(first), withoutKeys(second)];
    const { types } = aboveEarlierPeaks(compareCensuses(second, third), earlier, third);
    const rows = types.map(({ name, before, added, delta }) => [name, before, added, delta]);
    expect(rows).toEqual([['A', 3, null, 2]]);
  });
});

function change(name: string, numbers: object) {
  return { name, location: null, ...numbers, isEngine: false };
}
