import type { EdgeOrdinal } from '../../graph/ordinals.js';
import { EdgeType } from '../../graph/types.js';
import type { HeapFacts } from '../heap-facts.js';
import { foldOfLinks } from './links.js';

const STACK_DATA = 'system / ErrorStackData';

/** Folds the functions and receivers that an error keeps of the stack at its creation. */
export const stackTrace = foldOfLinks({
  kind: 'stack-trace',
  recognises: { records: ['system / CallSiteInfo', STACK_DATA], heldBy: isCapturedStack },
  meaning: () => ({ kind: 'captured-stack' }),
});

/**
 * True for an error's captured stack, which is under a private symbol: no other property refers to
 * such arrays.
 */
function isCapturedStack({ graph }: HeapFacts, edge: EdgeOrdinal): boolean {
  if (graph.edgeTypeOf(edge) === EdgeType.property) {
    return graph.edgeNameOf(edge).startsWith('<symbol');
  }
  return graph.nameOf(graph.ownerOf(edge)) === STACK_DATA;
}
