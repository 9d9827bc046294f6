import { decodeEntities } from '../util/decode-entities.js';
import { TextMeasure } from './dot/font-metrics.js';

const TEXT = /<text ([^>]*font-size="([\d.]+)"[^>]*)>([^<]*)<\/text>/g;
/**
 * Text of a script whose letters neither join nor come from fonts of other widths; other text is
 * left alone.
 */
const LATIN = /^[\u0020-\u024f\u2026\u2192]+$/;

/**
 * The SVG of Graphviz with the width of every text. Boxes were made for the widths of Arimo and
 * Helvetica; if a viewer has neither, text is squeezed instead of running out of its box.
 */
export function fitText(svg: string): string {
  const measure = new TextMeasure();
  return svg.replace(TEXT, (written, attributes: string, size: string, content: string) => {
    const text = decodeEntities(content);
    if (!LATIN.test(text) || text.trim() === '') return written;
    const width = (measure.lineEm(text) * Number(size)).toFixed(2);
    return `<text ${attributes} textLength="${width}" lengthAdjust="spacingAndGlyphs">${content}</text>`;
  });
}
