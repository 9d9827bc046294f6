import { pathLabel } from '../../words/path-label.js';
import type { Through } from './subgraph.js';

/**
 * The label of an arrow that stands for a row of objects, made of one reference from each to the
 * next.
 */
export function pathOfRow({ edges }: Through): string {
  const labels = new Map<string, string>();
  for (const { from, label } of edges) if (!labels.has(from)) labels.set(from, label);
  return pathLabel([...labels.values()]);
}
