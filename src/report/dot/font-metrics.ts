import { isEastAsianWide } from '../../util/east-asian-wide.js';
import { highest } from '../../util/many.js';
import { readFonts } from '../fonts.js';
import type { FontMetrics } from './read-font.js';

const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
/** Characters that a renderer leaves out if the font lacks them. */
const IGNORABLE = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const PICTOGRAPH_EM = 1.28;
const WIDE_EM = 1;
/** The width of Arimo's `.notdef`, the box drawn for a missing glyph. */
const MISSING_EM = 0.75;

/** The advance of a blank in Arimo and in Helvetica. */
const BLANK_EM = 0.278;
/** Less than the free room beside any label. */
const SLACK_POINTS = 2;
const POINTS_PER_INCH = 72;

/** Measures the width of text in the fonts of one picture. */
export class TextMeasure {
  readonly #fonts: readonly FontMetrics[];

  /** @param files fonts in addition to the bundled one. */
  constructor(files: readonly string[] = []) {
    this.#fonts = readFonts(files);
  }

  /**
   * True if Graphviz leaves enough room for a line. Its table is right for ASCII; it takes every
   * further byte of UTF-8 for a blank, which is too little for Cyrillic and CJK.
   */
  fitsByGraphviz(text: string, fontSize: number): boolean {
    const beyondAscii = withoutAscii(text);
    if (beyondAscii === '') return true;
    const counted = Buffer.byteLength(beyondAscii) * BLANK_EM;
    return (this.lineEm(beyondAscii) - counted) * fontSize <= SLACK_POINTS;
  }

  /** Width of one line of text in em; never less than a renderer needs for it. */
  lineEm(text: string): number {
    let em = 0;
    for (const character of text) em += this.#characterEm(character);
    return em;
  }

  /** Width in points of the widest line. */
  textPoints(lines: readonly string[], fontSize: number): number {
    return (
      highest(
        lines.map((line) => this.lineEm(line)),
        0,
      ) * fontSize
    );
  }

  /** The characters of a text that none of the fonts has, each once. */
  missingIn(text: string): readonly string[] {
    const missing = Array.from(withoutAscii(text)).filter((character) => {
      return !IGNORABLE.test(character) && this.#advanceOf(character) === null;
    });
    return [...new Set(missing)];
  }

  /**
   * The family of the font that a character is taken from; empty for the bundled one, and if no
   * font has it.
   */
  familyBeyondOurs(character: string): string {
    const code = character.codePointAt(0) ?? 0;
    const font = this.#fonts.findIndex(({ advanceOf }) => advanceOf(code) !== null);
    return font <= 0 ? '' : (this.#fonts[font]?.family ?? '');
  }

  /** The advance in the first font that has the character, from which a renderer takes it. */
  #advanceOf(character: string): number | null {
    const code = character.codePointAt(0) ?? 0;
    for (const { advanceOf } of this.#fonts) {
      const advance = advanceOf(code);
      if (advance !== null) return advance;
    }
    return null;
  }

  #characterEm(character: string): number {
    const advance = this.#advanceOf(character);
    if (PICTOGRAPH.test(character)) return Math.max(advance ?? 0, PICTOGRAPH_EM);
    if (isEastAsianWide(character)) return Math.max(advance ?? 0, WIDE_EM);
    if (advance !== null) return advance;
    return IGNORABLE.test(character) ? 0 : MISSING_EM;
  }
}

/** Points in inches, for a `width` attribute; Graphviz reads no exponents. */
export function toInches(points: number): string {
  return (points / POINTS_PER_INCH).toFixed(4);
}

function withoutAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range
  return text.replace(/[\u0000-\u007f]/g, '');
}
