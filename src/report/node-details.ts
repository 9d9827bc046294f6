import type { SubgraphNode } from '../collect/subgraph.js';
import { formatBytes } from '../util/format-bytes.js';

/** `24 B`, `24 B, retains 1.2 MB`; empty for nodes without a size of their own. */
export function describeBytes({ shallowSize, retainedSize }: SubgraphNode): string {
  const parts = [
    ...(shallowSize === null ? [] : [formatBytes(shallowSize)]),
    ...(retainedSize === null ? [] : [`retains ${formatBytes(retainedSize)}`]),
  ];
  return parts.join(', ');
}

/** The location, unless the label already says it, or its file and line as the label of a frame does. */
export function locationBeyondLabel({ label, location }: SubgraphNode): string {
  if (location === null || label.includes(location)) return '';
  return label.endsWith(location.replace(/:\d+$/, '')) ? '' : location;
}
