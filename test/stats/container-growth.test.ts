import { describe, expect, it } from 'vitest';
import { type ContainerSizes, growingContainers } from '../../src/stats/container-growth.js';

/** Arrays of one moment: entries by id. */
function moment(entries: Readonly<Record<number, number>>): ContainerSizes {
  const ids = Object.keys(entries).map(Number);
  return {
    ids: Float64Array.from(ids),
    entries: Uint32Array.from(ids, (id) => entries[id] ?? 0),
    kinds: new Uint8Array(ids.length).fill(2),
  };
}

const grown = (...moments: readonly ContainerSizes[]) =>
  growingContainers(moments).map(({ id, counts }) => `${id}: ${counts.join(' ')}`);

describe('containers that grow in place', () => {
  it('have more entries at each moment, most new entries first', () => {
    const [one, two, three] = [
      moment({ 5: 3, 7: 10 }),
      moment({ 5: 63, 7: 20 }),
      moment({ 5: 123, 7: 30 }),
    ];
    expect(grown(one, two, three)).toEqual(['5: 3 63 123', '7: 10 20 30']);
  });

  it('can stay unchanged for a while, but not shrink', () => {
    expect(grown(moment({ 5: 3 }), moment({ 5: 3 }), moment({ 5: 20 }))).toEqual(['5: 3 3 20']);
    expect(grown(moment({ 5: 3 }), moment({ 5: 40 }), moment({ 5: 20 }))).toEqual([]);
  });

  it('are not those that are new at the last moment, or got only a few entries', () => {
    expect(grown(moment({}), moment({ 5: 100 }))).toEqual([]);
    expect(grown(moment({ 5: 100 }), moment({ 5: 107 }))).toEqual([]);
  });

  it('can be created on the way', () => {
    expect(grown(moment({}), moment({ 5: 10 }), moment({ 5: 40 }))).toEqual(['5:  10 40']);
  });
});
