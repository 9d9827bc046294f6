import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  findFormat,
  findFormatOfFile,
  outputFormats,
  type Renderer,
} from '../../src/report/formats.js';
import { assertDrawable } from '../../src/report/picture-limits.js';
import { generatedSubgraph, seedSubgraph } from './build-subgraph.js';

const OPTIONS = { legend: true };

/** Returns the DOT that it should draw. */
const RENDERER: Renderer = {
  svg: async (dot) => dot,
  png: async (dot) => Buffer.from(dot),
  pdf: async (dot) => Buffer.from(dot),
};

afterEach(() => {
  vi.doUnmock('ts-graphviz');
  vi.resetModules();
});

describe('output formats', () => {
  it.each([
    ['backrefs.png', 'png'],
    ['/tmp/OUT/Backrefs.PNG', 'png'],
    ['a.b.Svg', 'svg'],
    ['x.dot', 'dot'],
    ['x.json', 'json'],
    ['x.txt', 'txt'],
    ['report.PDF', 'pdf'],
    ['index.html', 'html'],
    ['issue.md', 'md'],
    ['x.mmd', 'mmd'],
    ['x.gif', undefined],
    ['png', undefined],
    ['', undefined],
  ])('gives %j the format %s', (fileName, name) => {
    expect(findFormatOfFile(fileName)?.name).toBe(name);
  });

  it('finds a format by name in any letter case', () => {
    expect(findFormat('JSON')?.extension).toBe('.json');
    expect(findFormat('.json')).toBeNull();
  });

  it('knows which formats are bytes, which are drawn and which have templates', () => {
    const rows = outputFormats.map(({ name, binary, kind, placeholders }) => {
      return [name, binary, kind, placeholders !== null];
    });
    expect(rows).toEqual([
      ['png', true, 'picture', false],
      ['svg', false, 'picture', false],
      ['pdf', true, 'picture', false],
      ['html', false, 'page', true],
      ['md', false, 'text', true],
      ['txt', false, 'text', false],
      ['json', false, 'text', false],
      ['dot', false, 'text', false],
      ['mmd', false, 'text', false],
    ]);
  });

  it('loads ts-graphviz for DOT, pictures and pages only', async () => {
    vi.resetModules();
    vi.doMock('ts-graphviz', () => {
      throw new Error('ts-graphviz was loaded');
    });
    const { findFormat: find } = await import('../../src/report/formats.js');
    await expect(find('txt')?.write(seedSubgraph(), OPTIONS, RENDERER)).resolves.toContain(
      '(target)',
    );
    await expect(find('json')?.write(seedSubgraph(), OPTIONS, RENDERER)).resolves.toContain(
      'graph@1',
    );
    await expect(find('md')?.write(seedSubgraph(), OPTIONS, RENDERER)).resolves.toContain('# What');
    await expect(find('mmd')?.write(seedSubgraph(), OPTIONS, RENDERER)).resolves.toContain('-->');
    await expect(find('dot')?.write(seedSubgraph(), OPTIONS, RENDERER)).rejects.toThrow();
  });

  it('writes the same DOT for a picture as for a .dot file', async () => {
    const [png, svg, dot] = await Promise.all(
      ['png', 'svg', 'dot'].map((name) =>
        findFormat(name)?.write(seedSubgraph(), OPTIONS, RENDERER),
      ),
    );
    expect(`${png}`).toBe(dot);
    expect(svg).toBe(dot);
  });

  it.each([
    [2001, 2001],
    [100, 3001],
  ])('refuses to draw %d nodes and %d references, but writes them', async (nodes, edges) => {
    const graph = generatedSubgraph(nodes, edges);
    const refusal = {
      code: 'RENDER_FAILED',
      message: expect.stringMatching(/depth, fanIn or maxNodes.*\.dot, \.json or \.txt$/),
    };
    await expect(findFormat('png')?.write(graph, OPTIONS, RENDERER)).rejects.toMatchObject(refusal);
    await expect(findFormat('svg')?.write(graph, OPTIONS, RENDERER)).rejects.toMatchObject(refusal);
    for (const name of ['pdf', 'html']) {
      await expect(findFormat(name)?.write(graph, OPTIONS, RENDERER)).rejects.toMatchObject(
        refusal,
      );
    }
    for (const name of ['dot', 'json', 'txt', 'md', 'mmd']) {
      await expect(findFormat(name)?.write(graph, OPTIONS, RENDERER)).resolves.toMatch(
        /(?:@|#64;)0/,
      );
    }
  });

  it('draws up to 2000 nodes and 3000 references', () => {
    expect(() => assertDrawable(generatedSubgraph(2000, 3000))).not.toThrow();
  });
});
