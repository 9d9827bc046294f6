import type { NodeOrdinal } from '../../graph/ordinals.js';
import { isOfConsole } from '../roots/console-root.js';
import type { HeapView } from '../view.js';

/**
 * True if an object was made for a debugger that has paused the program, to show it the variables
 * of a scope: only that debugger holds it, by the same kind of handle by which a console holds what
 * was printed.
 */
export function isScopeCopy({ graph, frames, facts }: HeapView, node: NodeOrdinal): boolean {
  if (frames.frames.length === 0 || facts.console === null) return false;
  if (graph.nameOf(node) !== 'Object') return false;
  let isHeld = false;
  for (const edge of graph.retainersOf(node)) {
    if (!graph.isRetaining(edge)) continue;
    if (!isOfConsole(graph, edge)) return false;
    isHeld = true;
  }
  return isHeld;
}
