import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['.', 'docs', 'docs/gallery', 'examples', 'test', 'bench'];
const markdown = new MarkdownIt({ html: true });

const pages = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: folder === 'examples', encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join(folder, name)),
);

/** Addresses of links and pictures of a page, those in HTML too. */
function addressesIn(file: string): readonly string[] {
  const html = markdown.render(readFileSync(file, 'utf8'));
  return [...html.matchAll(/<(?:a|img)\b[^>]*?\b(?:href|src)="([^"]*)"/g)].map(([, address]) =>
    decodeURI((address as string).replaceAll('&amp;', '&')),
  );
}

/** GitHub's names of the headings of a page: a repeated one gets a number. */
function anchorsOf(file: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const anchors = new Set<string>();
  const tokens = markdown.parse(readFileSync(file, 'utf8'), {});
  for (const [index, { type }] of tokens.entries()) {
    if (type !== 'heading_open') continue;
    const text = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join('');
    const name = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-');
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    anchors.add(count === 0 ? name : `${name}-${count}`);
  }
  return anchors;
}

function problemWith(page: string, address: string): string | null {
  if (/^[a-z]+:/i.test(address)) return null;
  const [path = '', anchor] = address.split('#');
  const file = path === '' ? join(ROOT, page) : resolve(ROOT, dirname(page), path);
  if (relative(ROOT, file).startsWith('..')) return `${address} leaves the repository`;
  if (!existsSync(file)) return `${address}: there is no such file`;
  if (anchor === undefined || statSync(file).isDirectory()) return null;
  return anchorsOf(file).has(anchor) ? null : `${address}: the page has no such heading`;
}

describe('links', () => {
  it('are searched in the existing pages', () => {
    expect(pages).toContain('README.md');
    expect(pages).toContain('docs/leaks.md');
  });

  it.each(pages)('of %s lead to files and headings', (page) => {
    const problems = addressesIn(join(ROOT, page)).map((address) => problemWith(page, address));
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  it('that lead nowhere are found', () => {
    expect(problemWith('README.md', 'docs/none.md')).toContain('no such file');
    expect(problemWith('README.md', 'docs/leaks.md#none')).toContain('no such heading');
    expect(problemWith('README.md', '../x')).toContain('leaves the repository');
  });
});
