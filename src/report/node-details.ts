import type { SubgraphEdge, SubgraphNode } from '../collect/picture/subgraph.js';
import { formatBytes } from '../util/format-bytes.js';
import { formatCount } from '../util/format-count.js';

/** Ids told of the objects a node stands for. */
const MOST_MEMBERS = 5;

/** `24 B, retains 1.2 MB`; empty for nodes without a size of their own. */
export function describeBytes({ shallowSize, retainedSize }: SubgraphNode): string {
  const parts = [
    ...(shallowSize === null ? [] : [formatBytes(shallowSize)]),
    ...(retainedSize === null ? [] : [`retains ${formatBytes(retainedSize)}`]),
  ];
  return parts.join(', ');
}

/** The location, unless the label already has file and line, as that of a frame does. */
export function locationBeyondLabel({ is, location }: SubgraphNode): string {
  return location === null || is?.kind === 'frame' ? '' : location;
}

/** `[3]`, or `[*] x 729` for so many references. */
export function describeEdge({ label, count }: SubgraphEdge): string {
  return count === undefined ? label : `${label} x ${formatCount(count)}`;
}

/** The first of the objects a node stands for: `@3, @5, …`; empty for one object. */
export function describeMembers({ count = 1, members = [] }: SubgraphNode): string {
  const shown = members.slice(0, MOST_MEMBERS);
  return [...shown, ...(count > shown.length && shown.length > 0 ? ['…'] : [])].join(', ');
}
