import type { Subgraph } from '../collect/picture/subgraph.js';
import type { Spelling } from '../util/sentence.js';
import { escapeXml } from './escape-xml.js';
import { chainSentences } from './sentences.js';
import { describeLimits, describeMasked, describeSize } from './summary.js';
import { questionWords } from './title.js';

/** The content of a picture, for those who cannot see it. */
export interface TextAlternative {
  readonly title: string;
  readonly description: string;
}

/** Names the targets and says in sentences what holds them; text from the heap is raw. */
export function textAlternative(
  subgraph: Subgraph,
  {
    title,
    spelling,
  }: { readonly title?: string | undefined; readonly spelling?: Spelling | undefined } = {},
): TextAlternative {
  const masked = describeMasked(subgraph);
  const sentences = [
    ...chainSentences(subgraph),
    `The picture has ${describeSize(subgraph)}. ${describeLimits(subgraph, spelling)}`,
    ...(masked === null ? [] : [masked]),
  ];
  return { title: title || questionWords(subgraph), description: sentences.join(' ') };
}

/**
 * Makes an SVG of Graphviz one picture to a screen reader, with a title and a description.
 *
 * @param svg as `renderSvg` returns it.
 */
export function addTextAlternative(svg: string, { title, description }: TextAlternative): string {
  const words =
    `<title id="picture-title">${escapeXml(title)}</title>\n` +
    `<desc id="picture-desc">${escapeXml(description)}</desc>\n`;
  return svg.replace(
    /<svg ([^>]*)>\n/,
    (_, attributes: string) =>
      `<svg ${attributes} role="img" aria-labelledby="picture-title" aria-describedby="picture-desc">\n${words}`,
  );
}
