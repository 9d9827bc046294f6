import { isEastAsianWide } from '../../util/east-asian-wide.js';
import { readTemplate } from '../templates.js';

/** The one font pictures are drawn with; Graphviz's table for Helvetica has its ASCII widths. */
export const FONT_FILE = 'fonts/Arimo-Regular.ttf';

/** Advance width in em of a code point, or null where the font has no glyph. */
export type Advance = (codePoint: number) => number | null;

const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
/** Characters a renderer leaves out when the font does not have them. */
const IGNORABLE = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const PICTOGRAPH_EM = 1.28;
const WIDE_EM = 1;
/** Arimo's `.notdef`, the box drawn for a missing glyph. */
const MISSING_EM = 0.75;

/** Advance of a blank in Arimo and in Helvetica. */
const BLANK_EM = 0.278;
/** Less than the free room beside any label. */
const SLACK_POINTS = 2;
const POINTS_PER_INCH = 72;

let arimo: Advance | undefined;

/**
 * Whether the room Graphviz leaves for a line is enough. Its table is right for ASCII; it takes
 * every further byte of UTF-8 for a blank, which is too little for Cyrillic and CJK.
 */
export function fitsByGraphviz(text: string, fontSize: number): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range
  const beyondAscii = text.replace(/[\u0000-\u007f]/g, '');
  if (beyondAscii === '') return true;
  const counted = Buffer.byteLength(beyondAscii) * BLANK_EM;
  return (lineEm(beyondAscii) - counted) * fontSize <= SLACK_POINTS;
}

/** Width of one line of text in em; never less than what a renderer needs for it. */
export function lineEm(text: string): number {
  arimo ??= readAdvances(readTemplate(FONT_FILE));
  let em = 0;
  for (const character of text) em += characterEm(character, arimo);
  return em;
}

/** Width in points of the widest line. */
export function textPoints(lines: readonly string[], fontSize: number): number {
  return Math.max(0, ...lines.map(lineEm)) * fontSize;
}

/** Points as the inches of a `width` attribute; Graphviz reads no exponents. */
export function toInches(points: number): string {
  return (points / POINTS_PER_INCH).toFixed(4);
}

function characterEm(character: string, advanceOf: Advance): number {
  const advance = advanceOf(character.codePointAt(0) ?? 0);
  if (PICTOGRAPH.test(character)) return Math.max(advance ?? 0, PICTOGRAPH_EM);
  if (advance !== null) return advance;
  if (IGNORABLE.test(character)) return 0;
  return isEastAsianWide(character) ? WIDE_EM : MISSING_EM;
}

/**
 * Reads what a width needs from a TrueType font: `head` (unitsPerEm), `hhea` and `hmtx` (advance
 * by glyph) and `cmap` (code point to glyph); OpenType 1.9.1, section 5.
 */
export function readAdvances(font: Uint8Array): Advance {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = tableOffsets(view);
  const at = (tag: string) => tables.get(tag) ?? 0;
  const unitsPerEm = view.getUint16(at('head') + 18);
  const metricCount = view.getUint16(at('hhea') + 34);
  const glyphs = glyphsByCodePoint(view, at('cmap'));
  return (codePoint) => {
    const glyph = glyphs.get(codePoint);
    if (glyph === undefined) return null;
    // Glyphs past the last metric share it.
    const metric = Math.min(glyph, metricCount - 1);
    return view.getUint16(at('hmtx') + metric * 4) / unitsPerEm;
  };
}

function tableOffsets(view: DataView): Map<string, number> {
  const offsets = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + i * 16;
    const bytes = [0, 1, 2, 3].map((n) => view.getUint8(record + n));
    offsets.set(String.fromCharCode(...bytes), view.getUint32(record + 8));
  }
  return offsets;
}

/** The bundled font has one character map, of format 4: segments of code points. */
function glyphsByCodePoint(view: DataView, cmap: number): Map<number, number> {
  const table = cmap + view.getUint32(cmap + 8);
  const glyphs = new Map<number, number>();
  const columnBytes = view.getUint16(table + 6);
  for (let end = table + 14; end < table + 14 + columnBytes; end += 2) {
    addSegment(glyphs, view, { end, columnBytes });
  }
  return glyphs;
}

/** A segment is one entry in each of four parallel columns: end, start, delta, offset. */
function addSegment(
  glyphs: Map<number, number>,
  view: DataView,
  { end, columnBytes }: { end: number; columnBytes: number },
): void {
  const start = end + columnBytes + 2;
  const offsetAt = start + 2 * columnBytes;
  const delta = view.getUint16(start + columnBytes);
  const offset = view.getUint16(offsetAt);
  const first = view.getUint16(start);
  for (let code = first; code <= view.getUint16(end) && code < 0xffff; code++) {
    const raw = offset === 0 ? code : view.getUint16(offsetAt + offset + 2 * (code - first));
    const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff;
    if (glyph !== 0) glyphs.set(code, glyph);
  }
}
