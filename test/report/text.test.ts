import { describe, expect, it } from 'vitest';
import { columnsIn } from '../../src/report/escape-terminal.js';
import { toText } from '../../src/report/text.js';
import { edge, node, richSubgraph, seedSubgraph, subgraph } from './build-subgraph.js';
import { HOSTILE_STRINGS } from './hostile-strings.js';

describe('toText', () => {
  it('draws the seed as a tree', async () => {
    await expect(toText(seedSubgraph())).toMatchFileSnapshot('../golden/report/seed.txt');
  });

  it('draws cycles, cuts, weak references and notes', async () => {
    const text = toText(richSubgraph(), { notes: ['Source maps were not found for 2 files.'] });
    await expect(text).toMatchFileSnapshot('../golden/report/rich.txt');
  });

  it('draws one tree per target, in the order asked for', () => {
    const graph = subgraph(
      [node('A @1', { role: 'target' }), node('B @2', { role: 'target' })],
      [edge('@2', '@1', '.a')],
      { targets: ['@1', '@2'] },
    );
    expect(toText(graph).split('\n')).toEqual([
      'A @1  16 B  (target)',
      '└─ .a ← B @2  16 B  (target)',
      '',
      'B @2  16 B  (target)',
      '',
      'A @1 is property a of B @2, a target itself.',
      'No holder of B @2 is recorded in this heap.',
      '',
      '2 nodes, 1 reference. Nothing was left out.',
      '',
    ]);
  });

  it('expands a holder where it is nearest to the target, and says where that is', () => {
    const nodes = ['@1', '@2', '@3', '@4'].map((id) => node(`N ${id}`));
    const graph = subgraph(
      nodes,
      [
        edge('@2', '@1', '.a'),
        edge('@3', '@1', '.b'),
        edge('@3', '@2', '.c'),
        edge('@4', '@3', '.d'),
      ],
      { targets: ['@1'] },
    );
    expect(toText(graph).split('\n').slice(0, 5)).toEqual([
      'N @1  16 B',
      '├─ .a ← N @2  16 B',
      '│  └─ .c ← N @3  (shown below)',
      '└─ .b ← N @3  16 B',
      '   └─ .d ← N @4  16 B',
    ]);
  });

  it('ends on an object that holds itself', () => {
    const graph = subgraph([node('A @1', { role: 'target' })], [edge('@1', '@1', '.self')]);
    expect(toText(graph)).toContain('└─ .self ← A @1  (target, shown above)');
  });

  it('walks a chain of 20,000 holders without recursion', () => {
    const nodes = Array.from({ length: 20_000 }, (_, i) =>
      node(`N @${i}`, i === 0 ? { role: 'target' } : {}),
    );
    const edges = nodes.slice(1).map((_, i) => edge(`@${i + 1}`, `@${i}`, '.next'));
    const lines = toText(subgraph(nodes, edges)).split('\n');
    expect(lines[16]).toBe(`${'   '.repeat(15)}└─ .next ← N @16  16 B`);
    expect(lines[17]).toBe('…16 └─ .next ← N @17  16 B');
    expect(lines[18]).toBe('…16    └─ .next ← N @18  16 B');
    expect(lines[19_999]).toContain('.next ← N @19999');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('keeps to 80 columns, shortening the preview before the place', () => {
    const long = node('Session @1', {
      role: 'target',
      preview: '日本語'.repeat(40),
      location: 'src/session.js:12:5',
    });
    const [line = ''] = toText(subgraph([long], [])).split('\n');
    expect(line).toContain('…, 16 B, src/session.js:12:5  (target)');
    expect(columnsIn(line)).toBeLessThanOrEqual(80);
    expect(columnsIn(line)).toBeGreaterThan(76);
  });

  it('wraps the text below the tree', () => {
    const graph = subgraph([node('A @1', { role: 'target', count: 123_456 })], [], {
      limits: { depth: true, fanIn: true, nodes: true },
    });
    const notes = [
      '11 of 12: job of scope, scope of anonymous function, then callback of Promise, queue of module a.js.',
    ];
    const lines = toText(graph, { notes }).trimEnd().split('\n');
    expect(Math.max(...lines.map(columnsIn))).toBeLessThanOrEqual(80);
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(notes[0]);
  });

  it.each(HOSTILE_STRINGS)('prints %j without controlling the terminal', (text) => {
    const graph = subgraph(
      [
        node('T', { id: '@1', role: 'target', label: text, preview: text, location: text }),
        node('H', { id: '@2', label: text }),
      ],
      [edge('@2', '@1', text)],
    );
    const printed = toText(graph, { notes: [text] });
    expect(printed.replaceAll('\n', '')).not.toMatch(
      /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u206f]/u,
    );
    const [row, branch] = printed.split('\n');
    expect([row, branch]).toEqual([
      expect.stringMatching(/\(target\)$/),
      expect.stringMatching(/^└─ /),
    ]);
    expect(Math.max(...printed.split('\n').map(columnsIn))).toBeLessThanOrEqual(80);
  });
});
