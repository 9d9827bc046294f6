import { decodeEntities } from '../../util/decode-entities.js';
import { TextMeasure } from '../dot/font-metrics.js';
import { visibleText } from '../visible-text.js';
import { escapeHtml } from './escape-html.js';

const NAME_LENGTH = 300;
const TEXT = /<text ([^>]*font-size="([\d.]+)"[^>]*)>([^<]*)<\/text>/g;
/** Scripts whose letters join or are drawn from fonts of other widths are better left alone. */
const LATIN = /^[\u0020-\u024f\u2026\u2192]+$/;

/**
 * An SVG of Graphviz as an element of a page: without prolog and comments, with a name for those who
 * listen. Boxes were made for the widths of Arimo and Helvetica; where a browser has neither, the text
 * is squeezed to them instead of running out of its box.
 */
export function inlineSvg(svg: string, name: string): string {
  const element = svg.slice(svg.indexOf('<svg')).replace(/<!--[\s\S]*?-->\n?/g, '');
  const label = escapeHtml(visibleText(name, NAME_LENGTH));
  const measure = new TextMeasure();
  return element
    .trim()
    .replace('<svg', () => `<svg role="img" aria-label="${label}"`)
    .replace(TEXT, (written, attributes: string, size: string, content: string) => {
      const text = decodeEntities(content);
      if (!LATIN.test(text) || text.trim() === '') return written;
      const width = (measure.lineEm(text) * Number(size)).toFixed(2);
      return `<text ${attributes} textLength="${width}" lengthAdjust="spacingAndGlyphs">${content}</text>`;
    });
}
