import type { Subgraph } from '../collect/picture/subgraph.js';
import { ShowBackrefError } from '../errors.js';
import { countOf } from '../util/format-count.js';
import { option, say } from '../util/sentence.js';

/**
 * The largest picture: beyond these limits a layout takes minutes and nobody can read it; DOT, JSON
 * and text still work.
 */
const MOST_NODES = 2000;
const MOST_EDGES = 3000;

/** Refuses to draw a picture that would be too large, and says what to ask for instead. */
export function assertDrawable({ nodes, edges }: Subgraph): void {
  if (nodes.length <= MOST_NODES && edges.length <= MOST_EDGES) return;
  const size = `${countOf(nodes.length, 'node')} and ${countOf(edges.length, 'reference')}`;
  const limits = `${countOf(MOST_NODES, 'node')} or ${countOf(MOST_EDGES, 'reference')}`;
  const message = say`cannot draw "${size}": a picture holds at most ${limits}; lower ${option('depth')}, ${option('fanIn')} or ${option('maxNodes')}, or write .dot, .json or .txt`;
  throw new ShowBackrefError('RENDER_FAILED', message);
}
