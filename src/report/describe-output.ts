import type { Subgraph } from '../collect/picture/subgraph.js';
import type { OutputFormat } from './formats.js';

/** `Image generated as x.png (5 of 7 nodes, 9 references)`. */
export function describeOutput(
  { path, format }: { readonly path: string; readonly format: Pick<OutputFormat, 'kind'> },
  { nodes, edges }: Subgraph,
): string {
  const drawn = nodes
    .filter(({ role }) => role !== 'more')
    .reduce((sum, { count = 1 }) => sum + count, 0);
  const cut = nodes.reduce((sum, { omitted }) => sum + (omitted?.count ?? 0), 0);
  const references = edges
    .filter(({ type }) => type !== 'more')
    .reduce((sum, { count = 1 }) => sum + count, 0);
  const verb = format.kind === 'picture' ? 'Image generated as' : 'Graph written to';
  return `${verb} ${path} (${drawn} of ${drawn + cut} nodes, ${references} references)`;
}
