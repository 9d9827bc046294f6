import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderOutputs } from '../../src/answer/write-graph.js';
import { renderPng } from '../../src/render/png.js';
import { renderSvg } from '../../src/render/svg.js';
import { setFontRuns } from '../../src/report/dot/font-runs.js';
import { toDot } from '../../src/report/dot/to-dot.js';
import { readFont } from '../../src/report/fonts.js';
import { findFormat } from '../../src/report/formats.js';
import { type Sentence, spell } from '../../src/util/sentence.js';
import { edge, node, subgraph } from '../report/build-subgraph.js';
import { type DecodedPng, decodePng } from '../support/decode-png.js';
import { runCli } from '../support/fake-io.js';
import { readSvg } from '../support/read-svg.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const FONTS = ['NotoSansJP-kana', 'NotoSansArabic-part', 'NotoEmoji-part'].map((name) =>
  resolve(`test/fixtures/fonts/${name}.ttf`),
);

const TEXTS: Readonly<Record<string, string>> = {
  Latin: 'Wide WWWWWWWWWW and iiiiii',
  Cyrillic: 'Привет ЖЩШМ мир ЮЮЮЮЮЮЮЮ',
  kana: 'テキストのテキストのテキスト',
  Han: '日本語漢字日本語漢字日本語漢字',
  Hangul: '한국어 텍스트 한국어 텍스트',
  emoji: '🎉🎉🎉🎉🎉🎉 🚀👩 🇩🇪',
  Hebrew: 'שלום עולם שלום עולם',
  Arabic: 'مرحبا العالم مرحبا العالم',
  'both directions': 'user שלום @x مرحبا ok',
  'combining marks': 'e\u0301a\u0308 Z̷̡̛a̵l̸g̶o̷ हिन्दी क्षत्रिय',
  'an override': 'rtl \u202egnp.exe \u2067x\u2069',
  'very long': `${'długa nazwa 日本語 '.repeat(20)}end`,
  'one long word': 'Ж'.repeat(400),
};

/** Height of an empty box of Arimo in pixels, at 12 points. */
const STROKE = 16;

/** Left and right end of the drawn pixels; only of rows below `from` and above `to`. */
function inkIn({ width, pixels }: DecodedPng, from: number, to: number) {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (let y = from; y < to; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[(y * width + x) * 4 + 3] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  }
  return { left, right };
}

/** The picture of one node, reduced to its text. */
async function drawTextOnly(text: string, fonts: readonly string[]) {
  const target = node(text, { id: '@1', role: 'target', preview: text, shallowSize: null });
  const svg = await renderSvg(toDot(subgraph([target], []), { legend: false, fonts }));
  const box = readSvg(svg, 'node').get('n0')!;
  const [, shift = '0'] = /translate\(([\d.]+) /.exec(svg) ?? [];
  const texts = setFontRuns(svg, fonts).replace(/<(?:polygon|path) [^>]*>/g, '');
  const png = decodePng((await renderPng(texts, { fonts })).bytes);
  const pixels = (x: number) => (x + Number(shift)) * 2;
  return { png, left: pixels(box.left), right: pixels(box.right) };
}

/**
 * Counts long upright strokes, of which an empty box has two: columns of ink as high as a capital
 * letter.
 */
function emptyBoxes({ width, height, pixels }: DecodedPng): number {
  let strokes = 0;
  for (let x = 0; x < width; x++) {
    let run = 0;
    for (let y = 0; y < height; y++) {
      run = (pixels[(y * width + x) * 4 + 3] ?? 0) > 40 ? run + 1 : 0;
      if (run === STROKE) strokes += 1;
    }
  }
  return strokes;
}

describe.each([
  ['the bundled font', []],
  ['--font for each script', FONTS],
])('with %s, every line is drawn within its box', (_, fonts) => {
  it.each(Object.entries(TEXTS))('%s', async (_, text) => {
    const { png, left, right } = await drawTextOnly(text, fonts);
    const ink = inkIn(png, 0, png.height);
    expect(ink.right).toBeGreaterThan(ink.left + 40);
    expect(ink.left).toBeGreaterThan(left);
    expect(ink.right).toBeLessThan(right);
  });
});

describe('--font', () => {
  it.each([
    ['kana', 'のつへ', FONTS[0]!],
    ['Arabic', 'سمح سمح', FONTS[1]!],
    ['emoji', '🎉🎉', FONTS[2]!],
  ])('draws %s instead of empty boxes', async (_, text, font) => {
    // beside Latin, which these fonts lack
    const line = `~${text}~`;
    const boxes = await drawTextOnly(`~${'\u4dff'.repeat(Array.from(text).length)}~`, [font]);
    const drawn = await drawTextOnly(line, [font]);
    expect(emptyBoxes(boxes.png)).toBeGreaterThanOrEqual(4);
    expect(emptyBoxes(drawn.png)).toBe(0);
    const notices: Sentence[] = [];
    const graph = subgraph([node(text, { id: '@1', role: 'target' })], []);
    const options = { onNotice: (sentence: Sentence) => notices.push(sentence) };
    await renderOutputs(
      graph,
      [{ format: findFormat('png')!, file: null }],
      { legend: false, fonts: [font] },
      options,
    );
    expect(notices).toEqual([]);
  });

  it('is asked for if characters are missing, with some of them', async () => {
    const notices: Sentence[] = [];
    const graph = subgraph(
      [node('日本 @1', { role: 'target' }), node('Object @2')],
      [edge('@2', '@1', '.語日')],
    );
    const options = { onNotice: (sentence: Sentence) => notices.push(sentence) };
    await renderOutputs(
      graph,
      [{ format: findFormat('png')!, file: null }],
      { legend: true },
      options,
    );
    expect(notices).toHaveLength(1);
    expect(spell(notices[0] ?? '', 'flags')).toMatch(
      /^no font has "[日本語]{3}" \(3 characters\), drawn as empty boxes; name one that has with --font FILE$/,
    );
  });

  it('is named in the SVG for those who have it, after fonts with our widths', async () => {
    const graph = subgraph([node('テ @1', { role: 'target' })], []);
    const [svg] = await renderOutputs(graph, [{ format: findFormat('svg')!, file: null }], {
      legend: false,
      fonts: FONTS,
    });
    expect(svg).toContain(
      `font-family="Helvetica,Arial,'Liberation Sans',Arimo,'Noto Sans JP','Noto Sans Arabic','Noto Emoji',sans-serif"`,
    );
  });

  it('gives the same bytes from native code and WebAssembly', async () => {
    const target = node('テキスト مرحبا 🎉 @1', { role: 'target' });
    const svg = await renderSvg(toDot(subgraph([target], []), { legend: true, fonts: FONTS }));
    const [native, wasm] = await Promise.all(
      (['native', 'wasm'] as const).map((rasterizer) =>
        renderPng(svg, { rasterizer, fonts: FONTS }),
      ),
    );
    expect(Buffer.compare(native!.bytes, wasm!.bytes)).toBe(0);
  });
});

describe('a file that is not a font is refused in one sentence, before any work', () => {
  const kana = readFileSync(FONTS[0]!);

  it.each([
    ['none.ttf', null, 'there is no such file'],
    ['empty.ttf', '', 'it is not a TrueType or OpenType font'],
    ['text.ttf', 'The quick brown fox jumps.', 'it is not a TrueType or OpenType font'],
    ['web.woff', 'wOFF\0\u0001\0\0 and so on', 'compressed for web pages'],
    ['cut.ttf', kana.subarray(0, kana.length / 3), 'it is damaged or cut off'],
    ['head.ttf', kana.subarray(0, 40), 'it is damaged or cut off'],
  ])('%s', async (name, content, problem) => {
    const cwd = temporaryFolder();
    const path = join(cwd, name);
    if (content !== null) writeFileSync(path, content);
    const argv = ['nope.heapsnapshot', '--target', 'x', '--out', 'x.png', '--font', path];
    const { code, stderr } = await runCli(argv, { cwd });
    expect(stderr).toContain(`showbackref: cannot use the font "${path}": `);
    expect(stderr).toContain(problem);
    expect(stderr).toMatch(/; name a \.ttf, \.otf or \.ttc file\n$/);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(code).toBe(1);
  });

  it('reads the first font of a collection', () => {
    // a collection of one font: with a header before it, so all offsets have to move
    const header = Buffer.alloc(16);
    header.write('ttcf\0\u0001\0\0', 'latin1');
    header.writeUInt32BE(1, 8);
    header.writeUInt32BE(16, 12);
    const moved = Buffer.from(kana);
    for (let i = 0; i < moved.readUInt16BE(4); i++) {
      moved.writeUInt32BE(moved.readUInt32BE(20 + 16 * i) + 16, 20 + 16 * i);
    }
    const collection = join(temporaryFolder(), 'one.ttc');
    writeFileSync(collection, Buffer.concat([header, moved]));
    expect(readFont(collection).family).toBe('Noto Sans JP');
    expect(readFont(collection).advanceOf('テ'.codePointAt(0)!)).toBe(1);
  });
});
