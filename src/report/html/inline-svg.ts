import { fitText } from '../fit-text.js';
import { visibleText } from '../visible-text.js';
import { escapeHtml } from './escape-html.js';

const NAME_LENGTH = 300;

/**
 * An SVG of Graphviz as an element of a page: without prolog and comments, with a name for screen
 * readers.
 */
export function inlineSvg(svg: string, name: string): string {
  const element = svg.slice(svg.indexOf('<svg')).replace(/<!--[\s\S]*?-->\n?/g, '');
  const label = escapeHtml(visibleText(name, NAME_LENGTH));
  return fitText(element.trim().replace('<svg', () => `<svg role="img" aria-label="${label}"`));
}
