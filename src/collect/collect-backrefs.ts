import type { NodeOrdinal } from '../graph/ordinals.js';
import { Redactor } from '../redact/redactor.js';
import { assembleSubgraph } from './assemble-subgraph.js';
import type { CollectOptions } from './collect-options.js';
import type { HeapView } from './heap-view.js';
import type { Subgraph, SubgraphSource } from './subgraph.js';
import { BackrefWalk } from './walk-backrefs.js';

/**
 * Who holds the targets: walks their holders breadth-first to `depth`, then each open chain on to a
 * root. Hitting a limit is part of the answer, not an error.
 *
 * @param targets without repetition.
 */
export function collectBackrefs(
  view: HeapView,
  targets: readonly NodeOrdinal[],
  options: CollectOptions,
  source: Pick<SubgraphSource, 'kind' | 'producer'>,
): Subgraph {
  const masked = { ...view, redactor: new Redactor(options.redact) };
  const walk = new BackrefWalk(masked, targets, options);
  walk.run();
  return assembleSubgraph(masked, walk, targets, options, source);
}
