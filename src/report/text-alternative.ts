import type { Subgraph, SubgraphEdge, SubgraphNode } from '../collect/subgraph.js';
import { showInvisible } from '../util/show-invisible.js';
import { truncate } from '../util/truncate.js';
import { countOf, describeLimits, describeMasked, describeSize, joinWords } from './summary.js';

/** Somebody listens to this: the nearest holders of a few targets, not everything. */
const MOST_TARGETS = 3;
const MOST_HOLDERS = 6;
const NAME_LENGTH = 60;

/** What a picture says, for those who do not see it. */
export interface TextAlternative {
  readonly title: string;
  readonly description: string;
}

/** Names the targets and what holds each of them; text from the heap is raw. */
export function textAlternative(subgraph: Subgraph, title?: string): TextAlternative {
  const nodes = new Map(subgraph.nodes.map((node) => [node.id, node]));
  const targets = subgraph.targets.flatMap((id) => nodes.get(id) ?? []);
  const masked = describeMasked(subgraph);
  const sentences = [
    ...targets.slice(0, MOST_TARGETS).map((target) => sentenceOn(target, subgraph.edges, nodes)),
    `The picture has ${describeSize(subgraph)}. ${describeLimits(subgraph)}`,
    ...(masked === null ? [] : [masked]),
  ];
  return {
    title: title || `What holds ${namesOf(targets)}`,
    description: sentences.join(' '),
  };
}

function namesOf(targets: readonly SubgraphNode[]): string {
  const names = targets.slice(0, MOST_TARGETS).map(nameOf);
  const rest = targets.length - names.length;
  return joinWords(rest === 0 ? names : [...names, `${rest} more`]);
}

/** `Array @123 is held by module seed.js:4 as x and by Array @125 as [0].` */
function sentenceOn(
  target: SubgraphNode,
  edges: readonly SubgraphEdge[],
  nodes: ReadonlyMap<string, SubgraphNode>,
): string {
  const holders = edges
    .filter(({ to }) => to === target.id)
    .flatMap((edge) => {
      const from = nodes.get(edge.from);
      return from === undefined || from.role === 'more' ? [] : [describeHolder(from, edge)];
    });
  if (holders.length === 0) return `${nameOf(target)} has no holder in this picture.`;
  const rest = holders.length - MOST_HOLDERS;
  const shown = holders.slice(0, MOST_HOLDERS);
  const all = rest <= 0 ? shown : [...shown, `${countOf(rest, 'more reference')}`];
  return `${nameOf(target)} is held by ${joinWords(all)}.`;
}

function describeHolder(from: SubgraphNode, { label, weak }: SubgraphEdge): string {
  const reference = label === '' ? '' : ` as ${truncate(label.replace(/ →$/, ''), NAME_LENGTH)}`;
  return `${nameOf(from)}${reference}${weak ? ' (weak)' : ''}`;
}

function nameOf({ label, role }: SubgraphNode): string {
  return `${role === 'root' ? 'the root ' : ''}${truncate(label, NAME_LENGTH)}`;
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
