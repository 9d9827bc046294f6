import type { HeapView } from '../engine/heap-view.js';
import type { CollectOptions } from '../question/walk-options.js';
import { Redactor } from '../redact/redactor.js';
import { type CollectTarget, toDrawn } from './collect-targets.js';
import { finishPicture } from './finish-picture.js';
import type { Subgraph, SubgraphSource } from './picture/subgraph.js';
import { walkThatFits } from './walk/walk-that-fits.js';

/**
 * Finds what the targets hold: walks breadth-first to `depth` and stops at roots. Previews show
 * what is in objects at the last step, so their content does not count as cut.
 *
 * @param targets no object twice.
 */
export function collectRefs(
  view: HeapView,
  targets: readonly CollectTarget[],
  options: CollectOptions,
  source: Pick<SubgraphSource, 'kind' | 'producer'>,
): Subgraph {
  const masked = { ...view, redactor: new Redactor(options.redact) };
  const drawn = toDrawn(view, targets);
  const walk = walkThatFits(masked, drawn, options, {
    direction: 'down',
    run: (walk) => {
      walk.expandToDepth();
      for (const node of walk.unfinished()) walk.cutStopped(node);
      walk.noteDepthLimit();
    },
  });
  return finishPicture(masked, walk, { command: 'refs', options, source });
}
