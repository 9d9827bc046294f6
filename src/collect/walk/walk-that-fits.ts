import type { HeapView } from '../../engine/heap-view.js';
import type { CollectOptions } from '../../question/walk-options.js';
import type { Drawn } from './drawing.js';
import type { Direction } from './neighbour.js';
import { ObjectWalk } from './walk-objects.js';

/** A walk in one direction, step by step. */
export interface DirectedWalk {
  readonly direction: Direction;
  readonly run: (walk: ObjectWalk) => void;
}

/**
 * Does a walk; if its picture has more nodes than `--max-nodes`, does it again with all similar
 * objects drawn as one node.
 */
export function walkThatFits(
  view: HeapView,
  targets: readonly Drawn[],
  options: CollectOptions,
  { direction, run }: DirectedWalk,
): ObjectWalk {
  const walk = new ObjectWalk(view, targets, options, { direction, isTight: false });
  run(walk);
  if (!walk.limits.nodes || !options.group) return walk;
  const tight = new ObjectWalk(view, targets, options, { direction, isTight: true });
  run(tight);
  return tight;
}
