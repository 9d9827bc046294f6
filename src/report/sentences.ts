import type { Subgraph } from '../collect/subgraph.js';

export function chainSentences(subgraph: Subgraph): readonly string[] {
  const labels = new Map(subgraph.nodes.map(({ id, label }) => [id, label]));
  return subgraph.edges
    .filter(({ to }) => subgraph.targets.includes(to))
    .map(
      ({ from, to, label }) => `${labels.get(to)} is held as \`${label}\` by ${labels.get(from)}.`,
    );
}
