import type { Subgraph, SubgraphNode } from '../collect/picture/subgraph.js';
import { countOf } from '../util/format-count.js';
import type { OutputFormat } from './formats.js';
import { isFolded } from './node-details.js';

const NOTHING = { objects: 0, references: 0 };
const NONE = { own: NOTHING, folded: NOTHING };

/** `Image generated as x.png (5 of 7 nodes, 9 references)`. */
export function describeOutput(
  { path, format }: { readonly path: string; readonly format: Pick<OutputFormat, 'kind'> },
  { nodes, edges, left }: Subgraph,
): string {
  const drawn = nodes
    .filter(({ role }) => role !== 'more')
    .reduce((sum, { count = 1 }) => sum + count, 0);
  const cut = nodes.reduce((sum, node) => sum + cutBy(node), 0);
  const { own, folded } = left ?? NONE;
  const all = drawn + cut + own.objects + folded.objects;
  const references = edges
    .filter(({ type }) => type !== 'more')
    .reduce((sum, { count = 1 }) => sum + count, 0);
  const verb = format.kind === 'picture' ? 'Image generated as' : 'Graph written to';
  return `${verb} ${path} (${drawn} of ${all} nodes, ${countOf(references, 'reference')})`;
}

/** The number of objects cut off by a limit; folded ones are counted elsewhere. */
function cutBy(node: SubgraphNode): number {
  const { omitted } = node;
  if (omitted === null) return 0;
  return isFolded(node) ? (omitted.beyond ?? 0) : omitted.count;
}
