import { textOfUnits } from '../../util/many.js';
/** Returns the advance width in em of a code point, or null if the font has no glyph. */
export type Advance = (codePoint: number) => number | null;

/** The data of a font that a layout needs. */
export interface FontMetrics {
  readonly advanceOf: Advance;
  /** The name by which other programs know it; empty if the font gives none. */
  readonly family: string;
}

/** The character maps of Unicode: 32 bits, then 16 bits (OpenType 1.9.1, `cmap`). */
const UNICODE_MAPS: readonly (readonly [platform: number, encoding: number])[] = [
  ...([
    [3, 10],
    [0, 6],
    [0, 4],
    [3, 1],
    [0, 3],
    [0, 2],
    [0, 1],
    [0, 0],
  ] as const),
];
const FAMILY_NAME = 1;
const WINDOWS = 3;

/**
 * Reads a TrueType or OpenType font, of a collection the first one: `head` (unitsPerEm), `hhea` and
 * `hmtx` (advance by glyph), `cmap` (code point to glyph), `name`; OpenType 1.9.1, section 5.
 *
 * @returns null for bytes that are not such a font; throws RangeError if they end too early.
 */
export function readFontMetrics(font: Uint8Array): FontMetrics | null {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  if (font.length < 12) return null;
  const tables = tableOffsets(view);
  const [head, hhea, hmtx, cmap] = ['head', 'hhea', 'hmtx', 'cmap'].map((tag) => tables?.get(tag));
  if (!tables || !head || !hhea || !hmtx || !cmap) return null;
  const unitsPerEm = view.getUint16(head + 18);
  const metricCount = view.getUint16(hhea + 34);
  const glyphs = glyphsByCodePoint(view, cmap);
  const name = tables.get('name');
  return {
    family: name === undefined ? '' : familyName(view, name),
    advanceOf(codePoint) {
      const glyph = glyphs.get(codePoint);
      if (glyph === undefined) return null;
      // Glyphs past the last metric share it.
      const metric = Math.min(glyph, metricCount - 1);
      return view.getUint16(hmtx + metric * 4) / unitsPerEm;
    },
  };
}

function tagAt(view: DataView, at: number): string {
  return textOfUnits([0, 1, 2, 3].map((n) => view.getUint8(at + n)));
}

/** Tables by tag; null if the first bytes are not those of a font. */
function tableOffsets(view: DataView): Map<string, number> | null {
  const start = tagAt(view, 0) === 'ttcf' ? view.getUint32(12) : 0;
  if (!['\0\u0001\0\0', 'OTTO', 'true'].includes(tagAt(view, start))) return null;
  const offsets = new Map<string, number>();
  for (let i = 0; i < view.getUint16(start + 4); i++) {
    const record = start + 12 + i * 16;
    offsets.set(tagAt(view, record), view.getUint32(record + 8));
  }
  return offsets;
}

function glyphsByCodePoint(view: DataView, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  const maps = new Map<string, number>();
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const record = cmap + 4 + i * 8;
    const key = `${view.getUint16(record)} ${view.getUint16(record + 2)}`;
    maps.set(key, cmap + view.getUint32(record + 4));
  }
  for (const [platform, encoding] of UNICODE_MAPS) {
    const table = maps.get(`${platform} ${encoding}`);
    if (table === undefined) continue;
    const format = view.getUint16(table);
    if (format === 4) addSegments(glyphs, view, table);
    else if (format === 12) addGroups(glyphs, view, table);
    if (glyphs.size > 0) return glyphs;
  }
  return glyphs;
}

/** Format 12: groups of first code, last code and first glyph. */
function addGroups(glyphs: Map<number, number>, view: DataView, table: number): void {
  const end = table + 16 + 12 * view.getUint32(table + 12);
  for (let group = table + 16; group < end; group += 12) {
    const first = view.getUint32(group);
    const last = Math.min(view.getUint32(group + 4), 0x10ffff);
    for (let code = first; code <= last; code++) {
      glyphs.set(code, view.getUint32(group + 8) + code - first);
    }
  }
}

/** Format 4: segments of code points, as four parallel columns. */
function addSegments(glyphs: Map<number, number>, view: DataView, table: number): void {
  const columnBytes = view.getUint16(table + 6);
  for (let end = table + 14; end < table + 14 + columnBytes; end += 2) {
    addSegment(glyphs, view, { end, columnBytes });
  }
}

/** Adds a segment, which is one entry in each of the columns: end, start, delta, offset. */
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

/** The family from the records of Windows, which are UTF-16 and which every font for it has. */
function familyName(view: DataView, name: number): string {
  const texts = name + view.getUint16(name + 4);
  for (let i = 0; i < view.getUint16(name + 2); i++) {
    const record = name + 6 + i * 12;
    if (view.getUint16(record) !== WINDOWS || view.getUint16(record + 6) !== FAMILY_NAME) continue;
    const from = texts + view.getUint16(record + 10);
    const units = view.getUint16(record + 8) / 2;
    const codes = Array.from({ length: units }, (_, unit) => view.getUint16(from + 2 * unit));
    return textOfUnits(codes);
  }
  return '';
}
