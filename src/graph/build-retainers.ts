import type { SnapshotTables } from '../snapshot/snapshot-tables.js';

/** Incoming edges of every node, as one array cut by a prefix index. */
export interface Retainers {
  /** First entry of a node's incoming edges in `retainingEdges`; length nodeCount + 1. */
  readonly firstRetainer: Uint32Array;
  /** Edge ordinals grouped by target, ascending within a group; length edgeCount. */
  readonly retainingEdges: Uint32Array;
}

/** Counts, sums up, fills: the usual reverse index, in two passes over the edges. */
export function buildRetainers(tables: SnapshotTables): Retainers {
  const { nodeCount, edgeCount, edgeTargets } = tables;
  const firstRetainer = new Uint32Array(nodeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++) firstRetainer[edgeTargets[edge]]++;
  // after this loop each entry is the end of its group; filling backwards turns it into the start
  let sum = 0;
  for (let node = 0; node < nodeCount; node++) {
    sum += firstRetainer[node];
    firstRetainer[node] = sum;
  }
  firstRetainer[nodeCount] = sum;
  const retainingEdges = new Uint32Array(edgeCount);
  for (let edge = edgeCount - 1; edge >= 0; edge--) {
    retainingEdges[--firstRetainer[edgeTargets[edge]]] = edge;
  }
  return { firstRetainer, retainingEdges };
}
