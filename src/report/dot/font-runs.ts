import { option, type Sentence, say } from '../../util/sentence.js';
import { TextMeasure } from './font-metrics.js';

/** The number of characters shown: enough to see which script it is. */
const MOST_SHOWN = 10;

/** A text in Graphviz's SVG; characters written as entities are ASCII or a blank. */
const TEXT = /<text ([^>]*)>([^<]*)<\/text>/g;
const ENTITY = /&#?\w+;/g;
/** Characters that belong to the one before them. */
const DEPENDENT = /[\p{Mark}\u200c\u200d]/u;
/**
 * Private characters: V8 keeps 16 bits of a character above U+FFFF, and the result is mostly one
 * that no font has.
 */
const PRIVATE = /\p{Co}/u;

interface Run {
  /** Empty for the bundled font. */
  readonly family: string;
  text: string;
}

/**
 * The SVG with every run of characters that only another font has as a separate text, set in that
 * font. A renderer finds such a font itself, but resvg uses it only if it has the rest of the line,
 * too, and drops a line in several fonts when shaping changes the number of its glyphs.
 *
 * @param svg of Graphviz.
 * @param files fonts in addition to the bundled one.
 */
export function setFontRuns(svg: string, files: readonly string[]): string {
  if (files.length === 0) return svg;
  const measure = new TextMeasure(files);
  return svg.replace(TEXT, (element, attributes: string, text: string) => {
    const runs = runsOf(text, measure);
    return runs.some(({ family }) => family !== '') ? setRuns(runs, attributes, measure) : element;
  });
}

/** Places the texts one after the other, each centred in its room: shaping may need less. */
function setRuns(runs: readonly Run[], attributes: string, measure: TextMeasure): string {
  const size = numberOf(attributes, 'font-size');
  const widths = runs.map(({ text }) => measure.lineEm(text.replace(ENTITY, ' ')) * size);
  const total = widths.reduce((sum, width) => sum + width, 0);
  let x = numberOf(attributes, 'x') - (attributes.includes('text-anchor="middle"') ? total / 2 : 0);
  return runs
    .map(({ family, text }, index) => {
      const width = widths[index] ?? 0;
      const centre = (x + width / 2).toFixed(2);
      x += width;
      const placed = attributes
        .replace(/\bx="[^"]*"/, `x="${centre}"`)
        .replace(/text-anchor="[^"]*"/, 'text-anchor="middle"');
      const set = family === '' ? placed : placed.replace(/(?<=font-family=")/, `${family},`);
      return `<text ${set}>${text}</text>`;
    })
    .join('');
}

/**
 * Splits a text into runs. Blanks between two words of one script stay with them: they are read in
 * its direction.
 */
function runsOf(text: string, measure: TextMeasure): readonly Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const family = quoteFamily(measure.familyBeyondOurs(character));
    if (last && (family === last.family || DEPENDENT.test(character))) last.text += character;
    else if (runs.length > 1 && last?.text === ' ' && runs.at(-2)?.family === family) {
      runs.pop();
      (runs.at(-1) as Run).text += ` ${character}`;
    } else runs.push({ family, text: character });
  }
  return runs;
}

function numberOf(attributes: string, name: string): number {
  return Number(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? 0);
}

/** A family name for an attribute of an SVG; a name from a font file may contain anything. */
export function quoteFamily(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N} _-]/gu, '').slice(0, 60);
  return plain === '' ? '' : `'${plain}'`;
}

/**
 * A sentence for the user if a picture has characters that none of its fonts has, which are drawn
 * as empty boxes; else null.
 */
export function missingGlyphsNotice(svg: string, files: readonly string[]): Sentence | null {
  const drawn = Array.from(svg.matchAll(TEXT), ([, , text]) => text).join('');
  const missing = new TextMeasure(files).missingIn(drawn).filter((c) => !PRIVATE.test(c));
  if (missing.length === 0) return null;
  const shown = missing.slice(0, MOST_SHOWN).join('') + (missing.length > MOST_SHOWN ? '…' : '');
  const count = missing.length === 1 ? '1 character' : `${missing.length} characters`;
  return say`no font has "${shown}" (${count}), drawn as empty boxes; name one that has with ${option('font', 'FILE')}`;
}
