import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript
import * as annotating from '../../docs/gallery/annotate.js';
// @ts-expect-error plain JavaScript
import * as drawing from '../../docs/gallery/draw-all.js';
// @ts-expect-error plain JavaScript
import * as filling from '../../docs/gallery/fill-page.js';
// @ts-expect-error plain JavaScript
import * as list from '../../docs/gallery/pictures.js';

interface Picture {
  readonly picture: string;
  readonly page: string;
}

const PICTURES: readonly Picture[] = list.PICTURES;
const FILES = [...new Set(PICTURES.flatMap(({ picture, page }) => [picture, page]))];

describe('the gallery: run "npm run gallery" and look at what has changed', () => {
  let drawn: ReadonlyMap<string, Buffer>;

  beforeAll(async () => {
    drawn = await drawing.drawAll();
  });

  it('consists of the listed files', () => {
    expect([...drawn.keys()].sort()).toEqual([...FILES].sort());
  });

  it.each(FILES)('%s is up to date', (path) => {
    const content = drawn.get(path) as Buffer;
    const kept = readFileSync(path);
    // for a text, the difference is more informative
    if (path.endsWith('.md')) expect(String(content)).toBe(String(kept));
    expect(content.equals(kept)).toBe(true);
  });

  it.each(FILES.filter((path) => path.endsWith('.md')))(
    '%s: every link leads somewhere',
    (path) => {
      const page = new URL(`../../${path}`, import.meta.url);
      const text = readFileSync(page, 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)|<img src="([^"]+)"/g)];
      expect(links.length).toBeGreaterThan(1);
      for (const [, link, image] of links) {
        expect(() => readFileSync(new URL((link ?? image) as string, page))).not.toThrow();
      }
    },
  );
});

describe('a page', () => {
  const sections = new Map([
    [
      'a',
      {
        program: 'examples/a.js',
        programText: 'debugger;\n',
        picture: 'docs/images/a.png',
        sentences: ['A "<b>" | x.'],
      },
    ],
  ]);
  const fill = (text: string) => filling.fillPage('docs/page.md', { text, sections });

  it('gets its blocks filled, and the rest stays', () => {
    const filled = fill('before\n<!-- gallery: program a -->\nold\n<!-- end -->\nafter\n');
    expect(filled).toBe(
      'before\n<!-- gallery: program a -->\n[examples/a.js](../examples/a.js)\n\n' +
        '```js\ndebugger;\n```\n<!-- end -->\nafter\n',
    );
    expect(fill(filled)).toBe(filled);
  });

  it('shows text of a heap as text', () => {
    expect(fill('<!-- gallery: picture a -->\n<!-- end -->')).toContain(
      '<img src="images/a.png" width="480" alt="A &quot;&lt;b&gt;&quot; &#124; x.">',
    );
  });

  it.each(['program b', 'nonsense a'])('cannot ask for %s', (block) => {
    expect(() => fill(`<!-- gallery: ${block} -->\n<!-- end -->`)).toThrow(`"${block}"`);
  });
});

it('numbers only what is in the picture', () => {
  const svg =
    '<svg>\n<g>\n<text text-anchor="middle" x="50" y="20" font-size="12.00">Foo @1</text>\n</g>\n</svg>';
  const numbered: string = annotating.annotate(svg, [/^Foo/]);
  expect(numbered.replace(/<circle .*\n/, '')).toBe(svg);
  expect(numbered).toContain('>1</text>\n</g>\n</svg>');
  expect(() => annotating.annotate(svg, [/^Nobody/])).toThrow('/^Nobody/');
});
