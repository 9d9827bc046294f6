import type { Subgraph } from '../../collect/picture/subgraph.js';
import { option, type Sentence, say } from '../../util/sentence.js';

/** The width that fits on a page, and on most screens, at 100 %. */
const MOST_WIDE = 1600;
const MOST_HIGH = 1200;

/**
 * The number of boxes of a folded picture: there are more only if everything, or many objects, were
 * asked for.
 */
const MOST_BOXES = 24;

/** Says which option makes a picture smaller that is too large for a page; null for others. */
export function pageNotice(subgraph: Subgraph, svg: string): Sentence | null {
  const [, width = '0', height = '0'] =
    /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const [wide, high] = [Math.ceil(Number(width)), Math.ceil(Number(height))];
  if (wide <= MOST_WIDE && high <= MOST_HIGH) return null;
  const size = `the picture is ${wide} x ${high} at 100 %, more than a page`;
  const { command, nodes, targets } = subgraph;
  if (targets.length > 1) return say`${size}: ask for fewer objects with ${option('target')}`;
  const isAll = command !== 'refs' && nodes.length > MOST_BOXES;
  if (isAll) return say`${size}: leave out ${option('everything')}, or lower ${option('maxNodes')}`;
  return say`${size}: lower ${option('depth')} or ${option('maxNodes')}`;
}
