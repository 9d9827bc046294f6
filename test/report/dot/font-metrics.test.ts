import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { TextMeasure } from '../../../src/report/dot/font-metrics.js';
import { readFontMetrics } from '../../../src/report/dot/read-font.js';
import { FONT_FILE } from '../../../src/report/fonts.js';
import { readTemplate } from '../../../src/report/templates.js';
import { inkWidth } from '../../support/measure-text.js';

const measure = new TextMeasure();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('the bundled font', () => {
  it('is Arimo Regular, unaltered, with its licence', () => {
    expect(sha256(readTemplate(FONT_FILE))).toBe(
      '88cc899855d30f9c779b73c3319d0e077b098f927187aafce11ca029add707a6',
    );
    expect(Buffer.from(readTemplate('fonts/OFL.txt')).toString()).toContain(
      'SIL OPEN FONT LICENSE Version 1.1',
    );
  });

  it('fails with the path when it is missing', () => {
    expect(() => readTemplate('fonts/none.ttf')).toThrow(/templates\/fonts\/none\.ttf/);
  });
});

describe('advances', () => {
  const { advanceOf } = readFontMetrics(readTemplate(FONT_FILE))!;

  /** The Helvetica metrics every PostScript printer has (Adobe Core 14 AFM), in 1/1000 em. */
  it.each([
    [' ', 278],
    ['!', 278],
    ['0', 556],
    ['A', 667],
    ['M', 833],
    ['W', 944],
    ['@', 1015],
    ['i', 222],
    ['m', 833],
    ['~', 584],
  ])('gives %j the %d/1000 em of Helvetica', (character, width) => {
    expect(advanceOf(character.charCodeAt(0))! * 1000).toBeCloseTo(width, -0.5);
  });

  it('has 3009 code points, no CJK and no emoji', () => {
    const count = Array.from({ length: 0x20000 }, (_, code) => advanceOf(code)).filter(
      (advance) => advance !== null,
    ).length;
    expect(count).toBe(3009);
    expect(advanceOf(0x65e5)).toBeNull();
    expect(advanceOf(0x1f389)).toBeNull();
  });
});

/** Marks may stick out of their advance; the margin of a box is four times as wide. */
const OVERHANG = 3;

describe('lineEm', () => {
  it.each([
    'plain ASCII, with punctuation: {a, b}',
    'WWWWWWWWWWWWWWWWWWWW',
    'Привет ЖЩШМ мир ЮЮЮЮЮЮЮЮ',
    'Ελληνικά Ωμέγα',
    'שלום עולם',
    '日本語のテキスト',
    '한국어 텍스트',
    'مرحبا العالم',
    'हिन्दी क्षत्रिय',
    '🎉🚀 🇩🇪',
    'e\u0301a\u0308 Z̷̡̛a̵l̸g̶o̷',
    '… → ← ½ ©',
  ])('is not less than what a renderer needs for %j', (text) => {
    expect(measure.lineEm(text) * 12).toBeGreaterThanOrEqual(inkWidth(text, 12) - OVERHANG);
  });

  it('gives a CJK character its square, whatever font a browser takes', () => {
    expect(measure.lineEm('日本語')).toBe(3);
  });

  it('knows when Graphviz leaves too little room', () => {
    expect(measure.fitsByGraphviz('plain', 12)).toBe(true);
    expect(measure.fitsByGraphviz('cut…', 12)).toBe(true);
    expect(measure.fitsByGraphviz('Жёлтый', 12)).toBe(false);
    expect(measure.fitsByGraphviz('日本語のテキスト', 12)).toBe(false);
  });
});
