import type { HeapView } from '../engine/heap-view.js';
import type { CollectOptions } from '../question/walk-options.js';
import { Redactor } from '../redact/redactor.js';
import { type CollectTarget, toDrawn } from './collect-targets.js';
import { finishPicture } from './finish-picture.js';
import type { Subgraph, SubgraphSource } from './picture/subgraph.js';
import { walkThatFits } from './walk/walk-that-fits.js';

/**
 * Finds the shortest path from a root to each target, or `paths` independent ones that share only
 * the target's dominators; draws no other retainers. Targets drawn as one node keep a path for
 * each.
 *
 * @param targets no object twice.
 */
export function collectChain(
  view: HeapView,
  targets: readonly CollectTarget[],
  options: CollectOptions,
  source: Pick<SubgraphSource, 'kind' | 'producer'>,
): Subgraph {
  const masked = { ...view, redactor: new Redactor(options.redact) };
  const drawn = toDrawn(view, targets);
  const only = { ...options, depth: 0, toRoots: true };
  const walk = walkThatFits(masked, drawn, only, {
    direction: 'up',
    run: (walk) => {
      for (const target of drawn) {
        walk.drawPaths(target);
        walk.drawToHidden(target);
      }
      for (const node of walk.unfinished()) walk.cutStopped(node);
    },
  });
  return finishPicture(masked, walk, { command: 'chain', options: only, source });
}
