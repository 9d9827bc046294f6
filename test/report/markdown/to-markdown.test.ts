import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import {
  escapeMarkdown,
  markdownCode,
  markdownFence,
} from '../../../src/report/markdown/escape-markdown.js';
import { MARKDOWN_PLACEHOLDERS, toMarkdown } from '../../../src/report/markdown/to-markdown.js';
import { showInvisible } from '../../../src/util/show-invisible.js';
import { checkMarkdown } from '../../support/check-output.js';
import {
  edge,
  generatedSubgraph,
  node,
  richSubgraph,
  seedSubgraph,
  subgraph,
} from '../build-subgraph.js';
import { HOSTILE_STRINGS } from '../hostile-strings.js';

const OPTIONS = { legend: true };

/** A line of Markdown as a reader sees it. */
function shown(markdown: string): string {
  const html = new MarkdownIt({ html: true }).renderInline(markdown);
  return html
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(lt|gt|amp|quot);/g,
      (_, name: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name] ?? '',
    );
}

describe('toMarkdown', () => {
  it('writes a bug report with a diagram', async () => {
    const text = toMarkdown(richSubgraph(), {
      ...OPTIONS,
      notes: ['Source maps were not found for 2 files.'],
      command: 'showbackref a.heapsnapshot --target @1',
    });
    await expect(text).toMatchFileSnapshot('../../golden/report/rich.md');
    checkMarkdown(text);
  });

  it('links to a picture instead, in a way that survives any file name', () => {
    const text = toMarkdown(seedSubgraph(), { ...OPTIONS, picture: 'a b/(1)#?&".png' });
    expect(text).toContain('\n![What holds `Array @123`?](a%20b/%281%29%23%3F%26%22.png)\n');
    expect(text).not.toContain('```mermaid');
    checkMarkdown(text);
  });

  it('says so when the graph is too large for a diagram', () => {
    const text = toMarkdown(generatedSubgraph(300, 501), OPTIONS);
    expect(text).toContain('too large for a diagram');
    expect(text).not.toContain('```mermaid');
  });

  it.each(HOSTILE_STRINGS)('keeps %j text wherever it stands', (text) => {
    const graph = subgraph(
      [
        node(text, { id: '@1', role: 'target', preview: text, location: text }),
        node(text, { id: '@2', name: text, role: 'root' }),
      ],
      [edge('@2', '@1', text, { name: text })],
      { source: { kind: 'script', nodeCount: 1, edgeCount: 1, producer: text } },
    );
    const options = { ...OPTIONS, notes: [text], command: text };
    for (const title of [undefined, text, `${text} ${text}`]) {
      checkMarkdown(toMarkdown(graph, title === undefined ? options : { ...options, title }));
    }
  });

  it('fills in a template of the user', () => {
    const text = MARKDOWN_PLACEHOLDERS.map((name) => `[${name}:{{${name}}}]`).join('\n');
    const filled = toMarkdown(seedSubgraph(), { ...OPTIONS, template: { format: 'md', text } });
    expect(filled).toContain('[title:What holds `Array @123`?]\n[picture:```mermaid\nflowchart TB');
    expect(filled).not.toContain('{{');
  });
});

describe('the escapers', () => {
  it.each(HOSTILE_STRINGS)('show %j literally, in text and in code', (text) => {
    const plain = showInvisible(text);
    expect(shown(`x${escapeMarkdown(text)}x`)).toBe(`x${plain}x`);
    if (plain.trim() !== '') expect(shown(`x ${markdownCode(text)} x`)).toBe(`x ${plain} x`);
  });

  it('sets ids as code and breaks up mentions and references', () => {
    expect(escapeMarkdown('Array @12 of @me, #1, a@b.c')).toBe(
      'Array `@12` of <span>@</span>me, <span>#</span>1, a<span>@</span>b.c',
    );
  });

  it('fences with more backticks than there are inside', () => {
    expect(markdownFence('a\n````\nb', 'text')).toBe('`````text\na\n````\nb\n`````');
  });
});
