import { describe, expect, it } from 'vitest';
import { renderOutputs } from '../../src/answer/write-graph.js';
import { renderSvg } from '../../src/render/svg.js';
import { toDot } from '../../src/report/dot/to-dot.js';
import { findFormat } from '../../src/report/formats.js';
import { chainSentences } from '../../src/report/sentences.js';
import { addTextAlternative, textAlternative } from '../../src/report/text-alternative.js';
import { showInvisible } from '../../src/util/show-invisible.js';
import { assertXml } from '../support/read-svg.js';
import { edge, node, richSubgraph, seedSubgraph, subgraph } from './build-subgraph.js';
import { HOSTILE_STRINGS } from './hostile-strings.js';

describe('textAlternative', () => {
  it('names the target and describes every chain, then the size of the picture', () => {
    const { title, description } = textAlternative(seedSubgraph());
    expect(title).toBe('What holds Array @123');
    for (const sentence of chainSentences(seedSubgraph())) expect(description).toContain(sentence);
    expect(description).toMatch(/ The picture has 5 nodes, 7 references\. Nothing was left out\.$/);
  });

  it('says what is cut and masked', () => {
    expect(textAlternative(richSubgraph()).description).toMatch(
      / Cut by --depth and --fan-in: raise them to see more\. 2 secrets masked\.$/,
    );
  });

  it('takes the title of the user, else names three targets and counts the others', () => {
    const targets = [1, 2, 3, 4, 5].map((id) => node(`T @${id}`, { role: 'target' }));
    const graph = subgraph(targets, []);
    expect(textAlternative(graph, { title: 'Leak' }).title).toBe('Leak');
    expect(textAlternative(graph).title).toBe('What holds T @1, T @2, T @3 and 2 more');
  });
});

describe('the SVG', () => {
  it('is one picture with a name and a description, and still valid', async () => {
    const [svg] = await renderOutputs(
      seedSubgraph(),
      [{ format: findFormat('svg')!, file: null }],
      { legend: true },
    );
    assertXml(`${svg}`);
    expect(svg).toMatch(
      /<svg [^>]*role="img" aria-labelledby="picture-title" aria-describedby="picture-desc">\n<title id="picture-title">What holds Array @123<\/title>\n<desc id="picture-desc">.*Array @123.*<\/desc>\n/,
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
