import { EDGE_TYPES, NODE_TYPES, type SnapshotTables } from '../snapshot/snapshot-tables.js';

const SYNTHETIC = NODE_TYPES.indexOf('synthetic');
const ELEMENT = EDGE_TYPES.indexOf('element');
const WEAK = EDGE_TYPES.indexOf('weak');

/**
 * Adds a root, as the last node, to a heap whose file names no root: it refers to every object that
 * no other refers to, so that searches have a start. Returns other heaps unchanged.
 */
export function withRoot(tables: SnapshotTables): SnapshotTables {
  if (tables.hasRoot) return tables;
  const { nodeCount, edgeCount } = tables;
  const tops = findUnheld(tables);
  const firstEdge = withLast(tables.firstEdge, edgeCount + tops.length);
  return {
    ...tables,
    nodeCount: nodeCount + 1,
    edgeCount: edgeCount + tops.length,
    rootOrdinal: nodeCount,
    nodeTypes: withLast(tables.nodeTypes, SYNTHETIC),
    nodeNames: withLast(tables.nodeNames, 0),
    nodeIds: withLast(tables.nodeIds, unusedId(tables.nodeIds)),
    nodeIdsAbove: tables.nodeIdsAbove === null ? null : withLast(tables.nodeIdsAbove, 0),
    selfSizes: withLast(tables.selfSizes, 0),
    detachedness: tables.detachedness === null ? null : withLast(tables.detachedness, 0),
    firstEdge,
    edgeTypes: extended(
      tables.edgeTypes,
      tops.map(() => ELEMENT),
    ),
    edgeNames: extended(tables.edgeNames, Array.from(tops.keys())),
    edgeTargets: extended(tables.edgeTargets, tops),
  };
}

/** Nodes without a reference from another one that could keep them alive. */
function findUnheld({ nodeCount, firstEdge, edgeTypes, edgeTargets }: SnapshotTables): number[] {
  const isHeld = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const target = edgeTargets[edge];
      if (target !== node && edgeTypes[edge] !== WEAK) isHeld[target] = 1;
    }
  }
  const found: number[] = [];
  for (let at = isHeld.indexOf(0); at >= 0; at = isHeld.indexOf(0, at + 1)) found.push(at);
  return found;
}

/** An id whose lower 32 bits no object has. */
function unusedId(ids: Uint32Array): number {
  if (!ids.includes(0)) return 0;
  const highest = ids.reduce((a, b) => Math.max(a, b));
  if (highest < 2 ** 32 - 1) return highest + 1;
  let id = 1;
  while (ids.includes(id)) id++;
  return id;
}

type Column = Uint8Array | Uint16Array | Uint32Array;

function withLast<T extends Column>(column: T, last: number): T {
  return extended(column, [last]);
}

/** A longer column in memory of the same kind: threads share some columns. */
function extended<T extends Column>(column: T, more: readonly number[]): T {
  const Type = column.constructor as new (memory: ArrayBuffer | SharedArrayBuffer) => T;
  const Memory = column.buffer.constructor as new (bytes: number) => ArrayBuffer;
  const memory = new Memory((column.length + more.length) * column.BYTES_PER_ELEMENT);
  const longer = new Type(memory);
  longer.set(column);
  longer.set(more, column.length);
  return longer;
}
