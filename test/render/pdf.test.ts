import { beforeAll, describe, expect, it } from 'vitest';
import { readGraphvizSvg } from '../../src/render/graphviz-svg.js';
import { renderPdf } from '../../src/render/pdf.js';
import { renderSvg } from '../../src/render/svg.js';
import { toDot } from '../../src/report/dot/to-dot.js';
import { edge, node, richSubgraph, seedSubgraph, subgraph } from '../report/build-subgraph.js';
import { HOSTILE_STRINGS } from '../report/hostile-strings.js';
import { checkPdf } from '../support/check-output.js';
import { declareMissing } from '../support/declare-missing.js';
import { NO_PDFKIT } from '../support/pdfkit.js';
import { readSvg, readTexts } from '../support/read-svg.js';

let seed: string;
let rich: string;

beforeAll(async () => {
  seed = await renderSvg(toDot(seedSubgraph(), { legend: true }));
  rich = await renderSvg(toDot(richSubgraph(), { legend: true, title: 'One of everything' }));
});

const latin1 = async (svg: string) => Buffer.from(await renderPdf(svg)).toString('latin1');

if (NO_PDFKIT !== null) declareMissing('renderPdf', NO_PDFKIT);

describe.runIf(NO_PDFKIT === null)('renderPdf', () => {
  it('draws one page of the size of the picture, with the font it needs inside', async () => {
    const pdf = await renderPdf(seed);
    checkPdf(pdf);
    const [, width, height] = /viewBox="0.00 0.00 ([\d.]+) ([\d.]+)"/.exec(seed) ?? [];
    const text = Buffer.from(pdf).toString('latin1');
    expect(text).toContain(`/MediaBox [0 0 ${Number(width)} ${Number(height)}]`);
    expect(text).toMatch(/\/BaseFont \/[A-Z]{6}\+Arimo/);
    expect(text).toContain('/FontFile2');
    // the whole font is 318 kB
    expect(pdf.length).toBeLessThan(60_000);
  });

  it('draws every text and every line, in their colours', async () => {
    const text = await latin1(rich);
    expect(text.match(/\bBT\b/g)?.length).toBe(readTexts(rich).length);
    expect(text).toMatch(/0\.8117\d* 0\.0745\d* 0\.1333\d* SCN/);
    expect(text).toMatch(/\[1 5\] 0 d/);
    expect(text).toMatch(/\[5 2\] 0 d/);
  });

  it('gives the same bytes twice', async () => {
    expect(Buffer.compare(await renderPdf(rich), await renderPdf(rich))).toBe(0);
  });

  it('draws hostile text and characters that the font lacks', async () => {
    const nodes = HOSTILE_STRINGS.map((text, index) => node(text, { id: `@${index}` }));
    const edges = HOSTILE_STRINGS.slice(1).map((text, index) => edge(`@${index + 1}`, '@0', text));
    checkPdf(await renderPdf(await renderSvg(toDot(subgraph(nodes, edges), { legend: true }))));
  });

  it('shrinks a picture that no PDF reader would open', async () => {
    const wide = seed.replace(/viewBox="[^"]*"/, 'viewBox="0.00 0.00 28800.00 100.00"');
    expect(await latin1(wide)).toContain('/MediaBox [0 0 14400 50]');
  });
});

describe('readGraphvizSvg', () => {
  it('finds every element that is drawn, in order', () => {
    const { elements, width, height } = readGraphvizSvg(rich);
    const texts = elements.flatMap((element) => ('text' in element ? [element.text] : []));
    expect(texts).toEqual(readTexts(rich).map(({ text }) => text.replaceAll('\u00a0', ' ')));
    const drawn = rich.match(/<(?:path|polygon|polyline|ellipse)\b/g)?.length;
    expect(elements.length - texts.length).toBe(drawn);
    expect(readSvg(rich, 'edge').size).toBe(richSubgraph().edges.length);
    expect([width, height].every((side) => side > 100)).toBe(true);
  });

  it('reads the shapes Graphviz has', () => {
    const svg =
      '<svg viewBox="0.00 0.00 10.00 20.00"><g id="graph0" transform="scale(1 1) rotate(0) translate(4 16)">' +
      '<ellipse fill="none" stroke="#000000" cx="5" cy="6" rx="2" ry="1"/>' +
      '<polyline fill="none" stroke="red" stroke-dasharray="5,2" stroke-width="2" points="1,2 3,4"/>' +
      '<text text-anchor="end" x="1" y="2" font-size="9.00" fill="#123456">a &lt;&#39;&amp;lt;</text></g></svg>';
    expect(readGraphvizSvg(svg)).toEqual({
      width: 10,
      height: 20,
      x: 4,
      y: 16,
      elements: [
        {
          path: 'M3,6a2,1 0 1 0 4,0a2,1 0 1 0 -4,0Z',
          fill: null,
          stroke: '#000000',
          width: 1,
          dash: [],
        },
        { path: 'M1,2L3,4', fill: null, stroke: 'red', width: 2, dash: [5, 2] },
        { text: "a <'&lt;", x: 1, y: 2, size: 9, anchor: 'end', fill: '#123456', family: '' },
      ],
    });
  });
});
