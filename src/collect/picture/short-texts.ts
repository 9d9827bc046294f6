import { truncateMiddle } from '../../util/truncate.js';
import type { Subgraph } from './subgraph.js';

/** The same picture, each of its texts cut to so many characters, whatever is made of them later. */
export function shortTexts(picture: Subgraph, longest: number): Subgraph {
  return shortened(picture, longest) as Subgraph;
}

function shortened(value: unknown, longest: number): unknown {
  if (typeof value === 'string') return truncateMiddle(value, longest);
  if (Array.isArray(value)) return value.map((item) => shortened(item, longest));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, own]) => [name, shortened(own, longest)]);
  return Object.fromEntries(entries);
}
