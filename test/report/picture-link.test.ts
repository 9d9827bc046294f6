import { expect, it } from 'vitest';
import { findFormatOfFile, type OutputFormat } from '../../src/report/formats.js';
import { linkToPicture } from '../../src/report/picture-link.js';

const output = (file: string) => ({ file, format: findFormatOfFile(file) as OutputFormat });

it.each([
  ['a PNG beside it', ['/r/a.md', '/r/a.png'], 'a.png'],
  ['a PNG rather than an SVG', ['/r/a.md', '/r/b.svg', '/r/c.png'], 'c.png'],
  ['an SVG', ['/r/a.md', '/r/b.svg'], 'b.svg'],
  ['a picture in a folder below', ['/r/a.md', '/r/img/x y.png'], 'img/x y.png'],
  ['a name that begins with dots', ['/r/a.md', '/r/..a.png'], '..a.png'],
  [
    'no picture elsewhere, whose folder is nobody’s business',
    ['/r/a.md', '/home/me/a.png'],
    undefined,
  ],
  ['no picture above', ['/r/docs/a.md', '/r/a.png'], undefined],
  ['nothing that Markdown cannot show', ['/r/a.md', '/r/a.pdf', '/r/a.html'], undefined],
])('links %s', (_, files, link) => {
  const outputs = files.map(output);
  expect(linkToPicture(outputs, outputs[0]!)).toBe(link);
});

it('links nothing from standard output, or to it', () => {
  const { format } = output('/r/a.md');
  expect(linkToPicture([output('/r/a.png')], { format, file: null })).toBeUndefined();
  const piped = { ...output('/r/a.png'), file: null };
  expect(linkToPicture([output('/r/a.md'), piped], output('/r/a.md'))).toBeUndefined();
});
