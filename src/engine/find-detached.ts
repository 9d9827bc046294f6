import type { HeapGraph } from '../graph/heap-graph.js';
import { EdgeType, NodeType } from '../graph/types.js';
import { DETACHED } from '../snapshot/snapshot-tables.js';

/** V8's value for it, next to DETACHED. */
const ATTACHED = 1;

/**
 * Finds the natives that DevTools calls detached: those that the file marks, and those that only
 * such natives hold. Everything that an attached native holds is attached, too; the state does not
 * pass through JavaScript objects.
 *
 * @returns 1 for detached, by node ordinal; null for files that do not say what is attached.
 *   Source: DevTools `HeapSnapshot.propagateDOMState`.
 */
export function findDetached(graph: HeapGraph): Uint8Array | null {
  const { detachedness } = graph.tables;
  if (detachedness === null) return null;
  const states = new Uint8Array(graph.nodeCount);
  for (let n = 0; n < graph.nodeCount; n++) {
    if (graph.tables.nodeTypes[n] === NodeType.native) states[n] = detachedness[n];
  }
  const known = states.slice();
  for (const state of [ATTACHED, DETACHED]) {
    const pending: number[] = [];
    for (let n = 0; n < graph.nodeCount; n++) if (known[n] === state) pending.push(n);
    spread(graph, states, pending, state);
  }
  return states.map((state) => (state === DETACHED ? 1 : 0));
}

function spread(graph: HeapGraph, states: Uint8Array, pending: number[], state: number): void {
  const { firstEdge, edgeTypes, edgeTargets, nodeTypes } = graph.tables;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (let e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
      if (edgeTypes[e] === EdgeType.weak || edgeTypes[e] === EdgeType.hidden) continue;
      const target = edgeTargets[e];
      if (states[target] !== 0 || nodeTypes[target] !== NodeType.native) continue;
      states[target] = state;
      pending.push(target);
    }
  }
}
