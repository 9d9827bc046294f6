import { describe, expect, it } from 'vitest';
import type { SubgraphNode } from '../../../src/collect/picture/subgraph.js';
import { renderSvg } from '../../../src/render/svg.js';
import { TextMeasure } from '../../../src/report/dot/font-metrics.js';
import { THEMES } from '../../../src/report/dot/theme.js';
import { toDot } from '../../../src/report/dot/to-dot.js';
import {
  edge,
  generatedSubgraph,
  node,
  richSubgraph,
  seedSubgraph,
  subgraph,
} from '../build-subgraph.js';

describe('toDot', () => {
  it('draws the seed', async () => {
    const dot = toDot(seedSubgraph(), { legend: true });
    await expect(dot).toMatchFileSnapshot('../../golden/report/seed.dot');
  });

  it('draws one of everything, with title and notes, in the dark', async () => {
    const dot = toDot(richSubgraph(), {
      title: 'Who holds the session?',
      legend: true,
      notes: ['Source maps were not found for 2 files.'],
      theme: 'dark',
    });
    await expect(dot).toMatchFileSnapshot('../../golden/report/rich-dark.dot');
  });

  it('gives the same text twice', () => {
    const options = { legend: true, title: 'x' };
    expect(toDot(richSubgraph(), options)).toBe(toDot(richSubgraph(), options));
  });

  it('leaves the legend out when asked', () => {
    expect(toDot(seedSubgraph(), { legend: false })).not.toContain('Nothing was left out');
  });

  it('draws every parallel reference', () => {
    const graph = subgraph(
      [node('T @1', { role: 'target' }), node('H @2')],
      [edge('@2', '@1', '[0]'), edge('@2', '@1', '[0]'), edge('@2', '@1', '[1]')],
    );
    expect(toDot(graph, { legend: false }).match(/"n1" -> "n0"/g)).toHaveLength(3);
  });

  it('passes every number as a fixed decimal', () => {
    const dot = toDot(richSubgraph(), { legend: true, title: 'x' });
    const values = [...dot.matchAll(/^\s*(\w+) = "([^"]*)";$/gm)];
    for (const [, key = '', value] of values) {
      if (/size|width|height|sep|pad|limit|peripheries/.test(key))
        expect(value).toMatch(/^[\d.]+$/);
    }
  });

  it.each([
    [150, 200, 'curved', /splines|nslimit/, false],
    [151, 160, 'limited', /nslimit = "2";[\s\S]*splines = "line"/, true],
    [150, 201, 'limited', /nslimit = "2";[\s\S]*splines = "line"/, true],
    [500, 700, 'limited', /nslimit = "2";[\s\S]*splines = "line"/, true],
    [501, 501, 'fast', /nslimit = "0.1";[\s\S]*splines = "line"/, true],
    [500, 701, 'fast', /nslimit = "0.1";[\s\S]*splines = "line"/, true],
  ])('lays %d nodes and %d references out %s', (nodes, edges, _, pattern, expected) => {
    const dot = toDot(generatedSubgraph(nodes, edges), { legend: true });
    expect(pattern.test(dot)).toBe(expected);
  });

  it('names in the legend only signs of the picture', () => {
    const seed = toDot(seedSubgraph(), { legend: true });
    expect(seed).toContain('Red: target; green, double border: root; arrow: holder to held.');
    const rich = toDot(richSubgraph(), { legend: true });
    for (const words of [
      'blue: highlighted',
      'dark red: left out',
      'dashed: weak',
      '2 secrets masked.',
    ]) {
      expect(rich).toContain(words);
    }
    expect(rich).toMatch(/Cut by --depth and --fan-in: raise(?: |\\l)them/);
  });

  it('says that everything is masked if it is, not only secrets', () => {
    const { nodes, edges } = seedSubgraph();
    const all = subgraph(nodes, edges, { masked: 12, masksAll: true });
    expect(toDot(all, { legend: true })).toContain('12 texts masked: all strings and file names.');
  });

  it('says a sentence to its end, where the root is', () => {
    const name = (i: number) => `${'Controller'.repeat(4)}${i}`.slice(-38);
    const nodes = [0, 1, 2, 3, 4, 5, 6].map((i) =>
      node(`${name(i)} @${i}`, i === 0 ? { role: 'target' } : {}),
    );
    const module = node('module server.js', { id: 'module:1', type: 'module', role: 'root' });
    const edges = nodes.slice(1).map((_, i) => edge(`@${i + 1}`, `@${i}`, '.next'));
    const all = [...edges, edge('module:1', '@6', 'clients')];
    const dot = toDot(subgraph([...nodes, module], all), { legend: true });
    expect(dot.replaceAll('\\l', ' ')).toContain('clients, a module variable of server.js.');
  });

  it('leaves room between the loops of a node', async () => {
    const list = subgraph(
      [node('Item x 50', { id: '@1', role: 'target' })],
      [edge('@1', '@1', '.next', { count: 49 }), edge('@1', '@1', '.prev', { count: 49 })],
    );
    const svg = await renderSvg(toDot(list, { legend: false }));
    const [, middle = ''] = /<text[^>]* x="([\d.]+)"[^>]*> \.next x 49/.exec(svg) ?? [];
    const loops = [...svg.matchAll(/<path [^>]*d="([^"]*)"/g)].map(([, path = '']) => path);
    const tips = loops.flatMap((path) => path.match(/[\d.]+(?=,)/g) ?? []).map(Number);
    const outer = Math.max(...tips);
    const width = new TextMeasure().textPoints([' .next x 49'], 11);
    expect(outer - (Number(middle) + width / 2)).toBeGreaterThan(2);
  });

  it.each(Object.entries(THEMES))(
    'keeps text readable on every fill of the %s theme',
    (_, theme) => {
      const pairs = [
        ...theme.depthFills.map((fill) => [theme.text, fill] as const),
        [theme.target.text, theme.depthFills[0]!] as const,
        [theme.target.text, theme.highlight.fill] as const,
        [theme.root.text, theme.root.fill] as const,
        [theme.highlight.text, theme.highlight.fill] as const,
        [theme.more.text, theme.more.fill] as const,
        [theme.quietText, theme.background] as const,
        [theme.text, theme.background] as const,
      ];
      for (const [text, fill] of pairs) {
        expect(contrast(text, fill), `${text} on ${fill}`).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  it.each(Object.entries(THEMES))(
    'keeps every line and border of the %s theme visible (WCAG 2.2, 1.4.11)',
    (_, { background, border, edge, weakEdge, target, root, highlight, more }) => {
      const lines = [border, edge, weakEdge, target.border, root.border, highlight.border];
      for (const line of [...lines, more.border]) {
        expect(contrast(line, background), line).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it('no two kinds of box differ by colour only', () => {
    const kinds: readonly Partial<SubgraphNode>[] = [
      { role: 'holder', depth: 1 },
      { role: 'target' },
      { role: 'root' },
      { role: 'more' },
      { role: 'holder', depth: 1, highlighted: true },
      { role: 'root', highlighted: true },
    ];
    const shapes = kinds.map((fields) => {
      const dot = toDot(subgraph([node('X @1', { id: '@1', ...fields })], []), { legend: false });
      const [, attributes = ''] = /"n0" \[([\s\S]*?)\];/.exec(dot) ?? [];
      return (attributes.match(/(?:style|penwidth|peripheries) = "[^"]*"/g) ?? []).sort().join();
    });
    expect(new Set(shapes).size).toBe(kinds.length);
  });
});

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours. */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
