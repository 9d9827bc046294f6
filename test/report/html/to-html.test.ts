import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderSvg } from '../../../src/render/svg.js';
import { toDot } from '../../../src/report/dot/to-dot.js';
import type { PageData } from '../../../src/report/html/page-data.js';
import { HTML_PLACEHOLDERS, toHtml } from '../../../src/report/html/to-html.js';
import { showInvisible } from '../../../src/util/show-invisible.js';
import { checkHtml } from '../../support/check-output.js';
import { edge, node, richSubgraph, seedSubgraph, subgraph } from '../build-subgraph.js';
import { HOSTILE_STRINGS } from '../hostile-strings.js';

const OPTIONS = { legend: true, command: 'showbackref a.heapsnapshot --target @1' };

let svg: string;

beforeAll(async () => {
  svg = await renderSvg(toDot(richSubgraph(), { legend: false }));
});

function readData(html: string): PageData {
  const [, json = ''] = /id="report-data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json) as PageData;
}

describe('toHtml', () => {
  it('says the title, the sentences, the legend, the versions and the command as text too', () => {
    const page = checkHtml(toHtml(richSubgraph(), svg, { ...OPTIONS, notes: ['A note.'] }));
    const body = page.elements.find(({ tagName }) => tagName === 'body')!;
    const text = page.textOf(body);
    for (const part of [
      ...['What holds Session @1?', 'holder to held', 'Session @1 is ', '2 secrets masked.'],
      ...['Cut by --depth and --fan-in', 'Node.js v20.20.2', 'showbackref 0.', 'A note.'],
      ...[OPTIONS.command, '└─ .cache ← globalThis.cache'],
    ]) {
      expect(text).toContain(part);
    }
  });

  it('allows by its policy exactly the style and the script it has', () => {
    const html = toHtml(richSubgraph(), svg, OPTIONS);
    const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const style = hash(/<style>(.*?)<\/style>/s.exec(html)?.[1]);
    const script = hash(/<script type="module">(.*?)<\/script>/s.exec(html)?.[1]);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toBe(
      `default-src 'none'; style-src ${style}; script-src ${script}; base-uri 'none'; form-action 'none'`,
    );
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  it('gives the same bytes twice', () => {
    expect(toHtml(richSubgraph(), svg, OPTIONS)).toBe(toHtml(richSubgraph(), svg, OPTIONS));
  });

  it('names elements that are in the picture, one per node and edge', () => {
    const graph = richSubgraph();
    const html = toHtml(graph, svg, OPTIONS);
    const { nodes, edges } = readData(html);
    expect([nodes.length, edges.length]).toEqual([graph.nodes.length, graph.edges.length]);
    for (const index of nodes.keys()) expect(html).toContain(`<g id="n${index}" class="node">`);
    for (const index of edges.keys()) expect(html).toContain(`<g id="e${index}" class="edge">`);
    expect(edges[0]).toEqual({ from: 1, to: 0, label: 'Map["k"] →', weak: false });
    expect(nodes[3]?.fields).toContainEqual(['Left out', '37: 30 Array and 7 Closure']);
    expect(nodes[1]?.fields).toContainEqual(['Role', 'a holder, highlighted']);
    const many = { count: 7, members: ['@3', '@5', '@7', '@9', '@11', '@13', '@15'] };
    const retained = { dominator: true as const, retainedSize: 2000 };
    const group = subgraph([node('A x 7', { id: 'many:@3', ...many, ...retained })], []);
    const [told] = readData(toHtml(group, svg, OPTIONS)).nodes;
    expect(told?.fields).toContainEqual(['Objects', '@3, @5, @7, @9, @11, …']);
    expect(told?.fields).toContainEqual(['Retains', '2.0 kB']);
    const distant = subgraph([node('A @1', { role: 'target', distance: 100_000_003 })], []);
    expect(readData(toHtml(distant, svg, OPTIONS)).nodes[0]?.fields).toContainEqual([
      ...['Distance from root', "3, from the engine's own roots only"],
    ]);
    expect(nodes[0]?.text).toBe('session @1\nsession\n@1\n{id, user, …}\nsrc/session.js:12:5');
  });

  it('shows hostile text literally in the data, and nowhere as markup', async () => {
    const nodes = HOSTILE_STRINGS.map((text, index) =>
      node(text, { id: `@${index}`, preview: text, location: text, name: text }),
    );
    const graph = subgraph(nodes, [edge('@1', '@0', '</script>')], {
      targets: ['@0', '@1'],
      source: { kind: 'snapshot', nodeCount: 1, edgeCount: 1, producer: HOSTILE_STRINGS.join(' ') },
    });
    const drawn = await renderSvg(toDot(graph, { legend: false }));
    for (const title of [
      '</title><script>alert(1)</script>',
      '" onload="x',
      '{{data}} $& `x` ]]> -->',
    ]) {
      const html = toHtml(graph, drawn, { legend: true, title, notes: HOSTILE_STRINGS });
      checkHtml(html);
      const labels = readData(html).nodes.map(({ label }) => label);
      // longer ones are cut
      expect(labels.slice(0, 20)).toEqual(HOSTILE_STRINGS.slice(0, 20).map(showInvisible));
    }
  });
});

describe('a theme', () => {
  it('is that of the reader’s system where none is given', () => {
    const html = toHtml(seedSubgraph(), svg, OPTIONS);
    checkHtml(html);
    expect(html).toContain('<html lang="en" data-theme="auto">');
    const dark = html.slice(html.indexOf('@media (prefers-color-scheme: dark)'));
    expect(dark).toContain("[data-theme='auto'] .key-target::before { border-color: #ff7b72; }");
    // every colour of the picture has a rule
    const drawn = [...svg.matchAll(/<(text|g|path|polygon)\b[^>]*?\b(fill|stroke)="(#\w+)"/g)];
    expect(drawn.length).toBeGreaterThan(10);
    for (const [, , property, colour] of drawn) expect(dark).toContain(`[${property}="${colour}"]`);
  });

  it.each(['light', 'dark'] as const)('%s is what it is wherever it is read', (theme) => {
    const html = toHtml(seedSubgraph(), svg, { ...OPTIONS, theme });
    expect(html).toContain(`data-theme="${theme}"`);
    expect(html).not.toContain('prefers-color-scheme');
  });
});

describe('a template of the user', () => {
  it('gets every piece', () => {
    const text = HTML_PLACEHOLDERS.map((name) => `[${name}:{{${name}}}]`).join('\n');
    const html = toHtml(seedSubgraph(), svg, { ...OPTIONS, template: { format: 'html', text } });
    expect(html).not.toContain('{{');
    expect(html).toContain('[theme:auto]');
    expect(html).toContain('[limits:Nothing was left out.]');
    expect(html).toContain('[policy:<meta http-equiv="Content-Security-Policy"');
  });
});
