import type { HeapView } from '../engine/heap-view.js';
import type { CollectOptions } from '../question/walk-options.js';
import { Redactor } from '../redact/redactor.js';
import { type CollectTarget, toDrawn } from './collect-targets.js';
import { finishPicture } from './finish-picture.js';
import type { Subgraph, SubgraphSource } from './picture/subgraph.js';
import { walkThatFits } from './walk/walk-that-fits.js';

/**
 * Finds who holds the targets: walks their retainers breadth-first to `depth`, then continues each
 * open chain to a root. Hitting a limit is part of the answer, not an error.
 *
 * @param targets no object twice.
 */
export function collectBackrefs(
  view: HeapView,
  targets: readonly CollectTarget[],
  options: CollectOptions,
  source: Pick<SubgraphSource, 'kind' | 'producer'>,
): Subgraph {
  const masked = { ...view, redactor: new Redactor(options.redact) };
  const drawn = toDrawn(view, targets);
  const walk = walkThatFits(masked, drawn, options, {
    direction: 'up',
    run: (walk) => {
      // paths to a root first: a small --max-nodes must not leave only branches that end nowhere
      const isDrawn = options.toRoots && options.depth > 0;
      if (isDrawn || options.paths > 1) for (const target of drawn) walk.drawPaths(target);
      walk.expandToDepth();
      for (const node of walk.unfinished()) walk.finish(node);
      walk.noteDepthLimit();
    },
  });
  return finishPicture(masked, walk, { command: 'backrefs', options, source });
}
