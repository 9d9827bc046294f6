import { pathOfRow } from '../picture/path-of-row.js';
import type { SubgraphEdge, SubgraphNode } from '../picture/subgraph.js';
import type { Picture } from './picture-links.js';
import { findRuns, type Run, replaced } from './straight-runs.js';

export interface RunOptions {
  /** The number of arrows in a row that are drawn individually. */
  readonly longest: number;
  readonly isProtected: (node: SubgraphNode) => boolean;
}

/** Draws a row of objects, each of which holds only the next, as one arrow with the path. */
export function foldRuns<P extends Picture>(picture: P, { longest, isProtected }: RunOptions): P {
  const runs = findRuns(picture, isProtected).filter(({ steps }) => steps.length > longest);
  const gone = new Set(runs.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  return replaced(picture, gone, { nodes: [], edges: runs.map(toArrow) });
}

function toArrow({ above, nodes, below, steps }: Run): SubgraphEdge {
  const edges = steps.flat();
  const last = edges.at(-1) as SubgraphEdge;
  const count = last.count ?? 1;
  return {
    from: above,
    to: below,
    type: 'path',
    name: '',
    label: pathOfRow({ nodes, edges }),
    weak: false,
    ...(count === 1 ? {} : { count }),
    through: { nodes, edges },
  };
}
