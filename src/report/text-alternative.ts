import type { Subgraph } from '../collect/subgraph.js';
import { showInvisible } from '../util/show-invisible.js';
import { truncate } from '../util/truncate.js';
import { chainSentences } from './sentences.js';
import { describeLimits, describeMasked, describeSize, joinWords } from './summary.js';

const MOST_TARGETS = 3;
const NAME_LENGTH = 60;

/** What a picture says, for those who do not see it. */
export interface TextAlternative {
  readonly title: string;
  readonly description: string;
}

/** Names the targets and, in sentences, what holds them; text from the heap is raw. */
export function textAlternative(subgraph: Subgraph, title?: string): TextAlternative {
  const masked = describeMasked(subgraph);
  const sentences = [
    ...chainSentences(subgraph),
    `The picture has ${describeSize(subgraph)}. ${describeLimits(subgraph)}`,
    ...(masked === null ? [] : [masked]),
  ];
  return { title: title || `What holds ${namesOf(subgraph)}`, description: sentences.join(' ') };
}

function namesOf({ nodes, targets }: Subgraph): string {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  const names = targets.map((id) => truncate(labels.get(id) ?? id, NAME_LENGTH));
  const rest = names.length - MOST_TARGETS;
  return joinWords(rest <= 0 ? names : [...names.slice(0, MOST_TARGETS), `${rest} more`]);
}

/**
 * Makes an SVG of Graphviz one picture to a screen reader, with a title and a description.
 *
 * @param svg as `renderSvg` gives it.
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

function escapeXml(text: string): string {
  return showInvisible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
