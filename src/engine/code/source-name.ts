import type { NodeOrdinal } from '../../graph/ordinals.js';
import { bothNames } from '../../util/display-file.js';
import type { Scripts } from './scripts.js';

/** The name of a node's class, or of a function, with that of the source where it is another one. */
export function sourceName(scripts: Scripts, node: NodeOrdinal, name: string): string {
  const original = scripts.originalNameOf(node, name);
  return original === null ? name : bothNames(original, name);
}
