import { afterEach, describe, expect, it, vi } from 'vitest';
import { prepareRenderSvg, renderSvg } from '../../src/render/svg.js';
import { toDot } from '../../src/report/dot/to-dot.js';
import {
  edge,
  generatedSubgraph,
  node,
  richSubgraph,
  seedSubgraph,
  subgraph,
} from '../report/build-subgraph.js';
import { inkWidth } from '../support/measure-text.js';
import { assertXml, readSvg } from '../support/read-svg.js';

const LEGEND = { legend: true };

/** Takes six seconds without limits, and less than one with them. */
function denseDot(): string {
  return toDot(generatedSubgraph(600, 1600), LEGEND)
    .replace(/^\s*(?:nslimit1?|mclimit) = .*$/gm, '')
    .replace('splines = "line"', 'splines = "true"');
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('renderSvg', () => {
  it('draws the seed: five nodes, seven references, target in red', async () => {
    const svg = await renderSvg(toDot(seedSubgraph(), LEGEND));
    assertXml(svg);
    const nodes = readSvg(svg, 'node');
    const edges = readSvg(svg, 'edge');
    const ids = [...nodes.keys()].sort();
    expect(ids.map((id) => nodes.get(id)?.lines[0]?.text)).toEqual([
      'Array @123',
      'module seed.js:4',
      'Array @125',
      'Array @127',
      'Object @129',
    ]);
    expect([...edges.values()].map(({ lines }) => lines[0]?.text.trim()).sort()).toEqual(
      ['x', '[0]', '[0]', '.a', 'y', '[1]', '[2]'].sort(),
    );
    expect(svg).toMatch(/fill="#cf1322">Array @123</);
  });

  it('gives the same bytes twice', async () => {
    const dot = toDot(richSubgraph(), { legend: true, title: 'twice' });
    expect(await renderSvg(dot)).toBe(await renderSvg(dot));
  });

  it('names only fonts of the width the boxes were made for', async () => {
    const svg = await renderSvg(toDot(seedSubgraph(), LEGEND));
    const families = new Set([...svg.matchAll(/font-family="([^"]*)"/g)].map(([, name]) => name));
    expect([...families]).toEqual(["Helvetica,Arial,'Liberation Sans',Arimo,sans-serif"]);
  });

  it.each([
    ['ASCII', 'WWWWWWWW iiii {a, b} @#%'],
    ['Cyrillic', 'Привет ЖЩШМ мир ЮЮЮЮ'],
    ['Greek', 'Ελληνικά ΩΩΩΩ'],
    ['CJK', '日本語のテキスト、とても長い'],
    ['Hangul', '한국어 텍스트'],
    ['Arabic', 'مرحبا العالم'],
    ['Devanagari', 'हिन्दी क्षत्रिय'],
    ['emoji', '🎉🚀🎉🚀 🇩🇪'],
    ['a cut name', 'Манагер'.repeat(30)],
  ])('keeps %s inside its box', async (_, text) => {
    const nodes = (['target', 'holder', 'root', 'more'] as const).map((role) =>
      node(text, { id: role, role, preview: text }),
    );
    const svg = await renderSvg(toDot(subgraph(nodes, [edge('root', 'target', text)]), LEGEND));
    for (const { lines, left, right } of readSvg(svg, 'node').values()) {
      for (const line of lines) {
        // A CJK character is a square in every font, also where resvg draws a narrower box.
        const squares = (line.text.match(/[\u3000-\u9fff\uac00-\ud7a3]/g)?.length ?? 0) * line.size;
        expect(Math.max(inkWidth(line.text, line.size), squares)).toBeLessThan(right - left);
      }
    }
  });

  it('lays out a chain of 2000 nodes, which recursion makes deep', async () => {
    const nodes = Array.from({ length: 2000 }, (_, i) => node(`N @${i}`));
    const edges = nodes.slice(1).map((_, i) => edge(`@${i + 1}`, `@${i}`, '.n'));
    const svg = await renderSvg(toDot(subgraph(nodes, edges), LEGEND));
    expect(readSvg(svg, 'node').size).toBe(2000);
  });
});

describe('bounds', () => {
  // less than a thread takes to start, and more than any machine needs
  const [NO_TIME, ALL_TIME] = [5, 600_000];

  it('tries again with a coarse layout when the time is up', async () => {
    const svg = await renderSvg(denseDot(), { timeoutMs: NO_TIME, coarseTimeoutMs: ALL_TIME });
    expect(readSvg(svg, 'node').size).toBe(600);
  });

  it('ends a layout that takes too long with one sentence', async () => {
    await expect(renderSvg(denseDot(), { timeoutMs: NO_TIME })).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message:
        'cannot draw the picture: its layout took longer than "0.005 s"; ' +
        'lower depth, fanIn or maxNodes, or write .dot, .json or .txt',
    });
  });

  it('does not try a coarse layout twice', async () => {
    const dot = toDot(generatedSubgraph(1500, 2900), LEGEND);
    const bounds = { timeoutMs: NO_TIME, coarseTimeoutMs: ALL_TIME };
    await expect(renderSvg(dot, bounds)).rejects.toMatchObject({ code: 'RENDER_FAILED' });
  });

  it('stops when told to, before and during a layout', async () => {
    const interrupted = { code: 'INTERRUPTED' };
    await expect(renderSvg(denseDot(), { signal: AbortSignal.abort() })).rejects.toMatchObject(
      interrupted,
    );
    await expect(renderSvg(denseDot(), { signal: AbortSignal.timeout(20) })).rejects.toMatchObject(
      interrupted,
    );
  });

  it('takes a worker that was started early, once', async () => {
    prepareRenderSvg();
    prepareRenderSvg();
    const dot = toDot(seedSubgraph(), LEGEND);
    expect(await renderSvg(dot)).toBe(await renderSvg(dot));
  });

  it('leaves no worker running', async () => {
    await renderSvg(denseDot(), { timeoutMs: 40 }).catch(() => undefined);
    await renderSvg(toDot(seedSubgraph(), LEGEND));
    const workers = process.getActiveResourcesInfo().filter((name) => name === 'Worker');
    expect(workers).toEqual([]);
  });

  it.each([
    ['digraph {', 'syntax error'],
    ['', 'empty picture'],
  ])('reports DOT that cannot be drawn: %j', async (dot, reason) => {
    await expect(renderSvg(dot)).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message: expect.stringMatching(new RegExp(`Graphviz stopped with ".*${reason}.*lower depth`)),
    });
  });
});
