import type { Share, SubgraphEdge, SubgraphNode } from '../collect/picture/subgraph.js';
import { formatBytes } from '../util/format-bytes.js';
import { formatCount } from '../util/format-count.js';

/** The number of ids listed of the objects that a node stands for. */
const MOST_MEMBERS = 5;

/** `24 B, retains 1.2 MB`; empty for nodes without a size. */
export function describeBytes({ shallowSize, retainedSize, holds }: SubgraphNode): string {
  const parts = [
    ...(shallowSize === null ? [] : [formatBytes(shallowSize)]),
    ...(retainedSize === null ? [] : [`retains ${formatBytes(retainedSize)}`]),
    ...(holds === undefined ? [] : [describeShare(holds)]),
  ];
  return parts.join(', ');
}

/** `holds 123 of 123`. */
export function describeShare({ count, of }: Share): string {
  return `holds ${formatCount(count)} of ${formatCount(of)}`;
}

/** The location, unless the label already has file and line, as that of a frame does. */
export function locationBeyondLabel({ is, location }: SubgraphNode): string {
  return location === null || is?.kind === 'frame' ? '' : location;
}

/** `[3]`, or `[*] x 729` for several references. */
export function describeEdge({ label, count }: SubgraphEdge): string {
  return count === undefined ? label : `${label} x ${formatCount(count)}`;
}

/** The first of the objects that a node stands for: `@3, @5, …`; empty for one object. */
export function describeMembers({ count = 1, members = [] }: SubgraphNode): string {
  const shown = members.slice(0, MOST_MEMBERS);
  return [...shown, ...(count > shown.length && shown.length > 0 ? ['…'] : [])].join(', ');
}

/**
 * True if a box stands for objects that do not decide whether the targets live; false if a limit
 * cut them off.
 */
export function isFolded({ is }: SubgraphNode): boolean {
  if (is?.kind !== 'omitted') return false;
  return is.reason === 'own' || is.reason === 'between' || is.reason === 'repeats';
}
