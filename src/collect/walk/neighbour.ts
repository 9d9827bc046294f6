import type { Holder } from '../../engine/references/holder.js';

/** One end of a reference: a node of the heap, or a paused frame by its position. */
export type End = Holder['from'];

/** `up` leads to what holds an object, `down` to what it holds. */
export type Direction = 'up' | 'down';

/**
 * All references between an object and one neighbour, with the criteria for its rank among others.
 */
export interface Neighbour {
  readonly end: End;
  readonly references: readonly Holder[];
  /** The rank; lower is shown first. */
  readonly tier: number;
  /** The number of steps of the neighbour from a root; 0 for frames. */
  readonly distance: number;
  readonly size: number;
  readonly id: number;
}

export type EndKey = string | number;

/** The end as a value that can be compared; ordinals for nodes. */
export function endKey(end: End): EndKey {
  return 'frame' in end ? `frame:${end.frame}` : end.node;
}

export function compareNeighbours(a: Neighbour, b: Neighbour): number {
  return a.tier - b.tier || a.distance - b.distance || b.size - a.size || a.id - b.id;
}
