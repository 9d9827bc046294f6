import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/render/svg.js';
import { renderOutput } from '../../src/render-output.js';
import { toDot } from '../../src/report/dot/to-dot.js';
import { findFormat } from '../../src/report/formats.js';
import { addTextAlternative, textAlternative } from '../../src/report/text-alternative.js';
import { showInvisible } from '../../src/util/show-invisible.js';
import { assertXml } from '../support/read-svg.js';
import { edge, node, richSubgraph, seedSubgraph, subgraph } from './build-subgraph.js';
import { HOSTILE_STRINGS } from './hostile-strings.js';

describe('textAlternative', () => {
  it('says what holds the target of the seed', () => {
    expect(textAlternative(seedSubgraph())).toEqual({
      title: 'What holds Array @123',
      description:
        'Array @123 is held by the root module seed.js:4 as x, Array @125 as [0], Array @127 as [0] ' +
        'and Object @129 as .a. The picture has 5 nodes, 7 references. Nothing was left out.',
    });
  });

  it('says what is weak, cut and masked', () => {
    const { description } = textAlternative(richSubgraph());
    expect(description).toBe(
      'Session @1 is held by Map @3 as Map["k"], Map @3 as Map["l"] and Closure onData @5 as context ' +
        'session (weak). The picture has 8 nodes, 10 references. Cut by --depth and --fan-in: raise ' +
        'them to see more. 2 secrets masked.',
    );
  });

  it('takes the title of the user, and counts what it does not tell', () => {
    const targets = [1, 2, 3, 4, 5].map((id) => node(`T @${id}`, { role: 'target' }));
    const edges = Array.from({ length: 9 }, (_, i) => edge('@2', '@1', `[${i}]`));
    const graph = subgraph(targets, edges);
    expect(textAlternative(graph, 'Leak').title).toBe('Leak');
    const { title, description } = textAlternative(graph);
    expect(title).toBe('What holds T @1, T @2, T @3 and 2 more');
    expect(description).toContain('T @2 as [5] and 3 more references.');
    expect(description).toContain('T @2 has no holder in this picture.');
  });
});

describe('the SVG', () => {
  it('is one picture with a name and a description, and still valid', async () => {
    const svg = await renderOutput(seedSubgraph(), findFormat('svg')!, { legend: true });
    assertXml(`${svg}`);
    expect(svg).toMatch(
      /<svg [^>]*role="img" aria-labelledby="picture-title" aria-describedby="picture-desc">\n<title id="picture-title">What holds Array @123<\/title>\n<desc id="picture-desc">Array @123 is held by /,
    );
  });

  it('shows hostile names as text', async () => {
    const svg = await renderSvg(toDot(seedSubgraph(), { legend: false }));
    for (const text of HOSTILE_STRINGS) {
      const graph = subgraph(
        [node(text, { id: '@1', role: 'target' }), node(text, { id: '@2' })],
        [edge('@2', '@1', text)],
      );
      const named = addTextAlternative(svg, textAlternative(graph));
      assertXml(named);
      expect(named).not.toMatch(/<script|<img|<b>/);
      const shown = showInvisible(text).slice(0, 20).replaceAll('&', '&amp;');
      expect(named).toContain(shown.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    }
  });
});
