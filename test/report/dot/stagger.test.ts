import { expect, test } from 'vitest';
import { staggeredLengths } from '../../../src/report/dot/stagger.js';
import { edge, node } from '../build-subgraph.js';

function star(count: number, command: 'backrefs' | 'refs' = 'backrefs') {
  const beyond = Array.from({ length: count }, (_, i) => `@${i + 2}`);
  return {
    command,
    nodes: [node('Hub @1', { role: 'target', depth: 0 }), ...beyond.map((id) => node(`N ${id}`))],
    edges: beyond.map((id) => (command === 'refs' ? edge('@1', id, '.x') : edge(id, '@1', '.x'))),
  };
}

test('up to ten stand side by side', () => {
  expect(staggeredLengths(star(10)).size).toBe(0);
});

test('more stand in about as many rows as columns, whatever the direction', () => {
  for (const command of ['backrefs', 'refs'] as const) {
    const lengths = staggeredLengths(star(16, command));
    const rows = Array.from({ length: 16 }, (_, i) => lengths.get(i) ?? 1);
    expect(rows).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]);
  }
});

test('parallel references end in one row', () => {
  const { nodes, edges, command } = star(11);
  const twice = edges.flatMap((reference) => [reference, reference]);
  const lengths = staggeredLengths({ command, nodes, edges: twice });
  for (let i = 0; i < twice.length; i += 2) expect(lengths.get(i)).toBe(lengths.get(i + 1));
});
