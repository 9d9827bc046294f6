import { describe, expect, it } from 'vitest';
import { LocationTable } from '../../src/snapshot/location-table.js';

/** Nodes in a shuffled order, each with a different line. */
function shuffled(count: number): LocationTable {
  const nodes = Uint32Array.from({ length: count }, (_, i) => 3 * ((i * 7919) % count));
  const lines = nodes.map((node) => node + 1);
  return new LocationTable(
    { nodes, scriptIds: lines, lines, columns: lines.slice() },
    { isSorted: false },
  );
}

describe('a location is found by its node', () => {
  it.each([
    ['while there are few questions', 10],
    ['and after many, when the rows have been sorted', 1000],
  ])('%s', (_, questions) => {
    const table = shuffled(1009);
    for (let i = 0; i < questions; i++) {
      const node = 3 * (i % 1009);
      expect(table.columns[table.rowOf(node)]).toBe(node + 1);
      expect(table.rowOf(node + 1)).toBe(-1);
    }
  });

  it('and the rows stay whole when they are sorted', () => {
    const table = shuffled(1009);
    table.sort();
    expect([...table.nodes]).toEqual([...table.nodes].sort((a, b) => a - b));
    expect([...table.columns]).toEqual([...table.nodes].map((node) => node + 1));
  });

  it('in an empty table there is none', () => {
    const none = new Uint32Array(0);
    const table = new LocationTable(
      { nodes: none, scriptIds: none, lines: none, columns: none },
      { isSorted: true },
    );
    expect(table.rowOf(0)).toBe(-1);
  });
});
