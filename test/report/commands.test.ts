import { describe, expect, it } from 'vitest';
import { toDot } from '../../src/report/dot/to-dot.js';
import { pageData } from '../../src/report/html/page-data.js';
import { toJson } from '../../src/report/json.js';
import { toMermaid } from '../../src/report/mermaid/to-mermaid.js';
import { toText } from '../../src/report/text.js';
import { edge, node, subgraph } from './build-subgraph.js';

/** The content of a cache: one key, many sessions drawn as one, and an object that they share. */
const REFS = subgraph(
  [
    node('Map @3', { role: 'target', preview: '1000 entries' }),
    node('Session x 1,000', { id: 'many:@5', count: 1000, members: ['@5', '@7', '@9'], depth: 1 }),
    node('Config @11', { depth: 2 }),
  ],
  [
    edge('@3', 'many:@5', 'Map["*"] →', { count: 1000 }),
    edge('many:@5', '@11', '.config', { count: 1000 }),
    edge('@3', '@11', '.defaults'),
  ],
  { command: 'refs', limits: { depth: true, fanIn: false, nodes: false } },
);

/** Two ways through one hub. */
const CHAIN = subgraph(
  [
    node('Foo @3', { role: 'target' }),
    node('Hub @5', { depth: 1, dominator: true, retainedSize: 1_234_567 }),
    node('Array @7', { depth: 2 }),
    node('Map @9', { depth: 2 }),
    node('globalThis', { id: '@11', role: 'root', depth: 3 }),
  ],
  [
    edge('@5', '@3', '.foo'),
    edge('@7', '@5', '[0]'),
    edge('@9', '@5', 'Map["k"] →'),
    edge('@11', '@7', '.list'),
    edge('@11', '@9', '.map'),
  ],
  { command: 'chain' },
);

/** Many targets as one, two ways to hold them. */
const MERGED = subgraph(
  [
    node('Foo x 33', {
      id: 'many:@3',
      role: 'target',
      count: 33,
      members: ['@3'],
      shallowSize: 330,
    }),
    node('Array @7', { depth: 1 }),
    node('globalThis', { id: '@11', role: 'root', depth: 2 }),
  ],
  [edge('@7', 'many:@3', '[*]', { count: 33 }), edge('@11', '@7', '.list')],
  {
    patterns: [
      {
        target: 'many:@3',
        count: 33,
        steps: [
          {
            ...{ name: 'globalThis', nodeType: 'object', label: '.list', edgeType: 'property' },
            is: { kind: 'global' },
            means: { kind: 'property', name: 'list' },
            root: true,
          },
          {
            ...{ name: 'Array', nodeType: 'object', label: '[*]', edgeType: 'element' },
            is: { kind: 'object', name: 'Array' },
            means: { kind: 'element', index: null },
          },
        ],
      },
    ],
    cut: { rules: [{ text: 'Map->Foo', count: 4 }], freed: { count: 1, bytes: 24 } },
  },
);

describe('the commands in every text format', () => {
  it.each([
    ['refs', REFS],
    ['chain', CHAIN],
    ['merged', MERGED],
  ])('%s', async (name, graph) => {
    const golden = `../golden/report/${name}`;
    await expect(toText(graph)).toMatchFileSnapshot(`${golden}.txt`);
    await expect(toDot(graph, { legend: true })).toMatchFileSnapshot(`${golden}.dot`);
    await expect(toJson(graph)).toMatchFileSnapshot(`${golden}.json`);
  });

  it('counts references in pages and diagrams too', () => {
    expect(toMermaid(REFS)).toContain('x 1,000');
    expect(pageData(REFS).edges.map(({ label }) => label)).toContain('Map["*"] → x 1,000');
  });

  it('JSON carries everything in the graph', () => {
    for (const graph of [REFS, CHAIN, MERGED]) {
      expect(JSON.parse(toJson(graph))).toEqual(JSON.parse(JSON.stringify(graph)));
    }
  });
});
