import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import { EdgeClass, WEAK_INTERNAL } from './edge-class.js';
import { type OwnerColumns, OwnerRules, ownerBits } from './edge-owners.js';
import { EdgeType } from './types.js';

/** The columns that say what an edge means. All of them can be shared by threads. */
export interface EdgeColumns extends OwnerColumns {
  readonly firstEdge: Uint32Array;
  readonly edgeTypes: Uint8Array;
  readonly edgeNames: Uint32Array;
  readonly edgeTargets: Uint32Array;
  /** 1 for the names of halves of WeakMap entries, by string index. */
  readonly ephemeronNames: Uint8Array;
  /** EdgeClass bits of the few edges for which they do not follow from the other columns. */
  readonly exceptions: ReadonlyMap<number, number>;
  /** The owners of those: one bit by node. */
  readonly hasExceptions: Uint32Array;
}

/** What an edge that keeps nothing alive has not. */
export const HOLDING = EdgeClass.RETAINING | EdgeClass.ESSENTIAL;

/** Whether some of a node's edges are exceptions. */
export function isExceptional(columns: EdgeColumns, node: number): boolean {
  return ((columns.hasExceptions[node >>> 5] >>> (node & 31)) & 1) === 1;
}

/**
 * What an edge means by the bits of its owner (upper byte) and its own type (lower byte), but for
 * halves of WeakMap entries, edges from a node to itself, and exceptions.
 */
export const BITS_BY_TYPE = Uint8Array.from({ length: 1 << 16 }, (_, key) => {
  const [owner, type] = [key >>> 8, key & 0xff];
  const ofOwner = owner & (EdgeClass.RETAINING | EdgeClass.ENGINE | EdgeClass.COUNTED);
  const bits = ofOwner | EdgeClass.ESSENTIAL;
  if (type === EdgeType.weak) return 0;
  if (type === EdgeType.shortcut) return bits & ~HOLDING;
  const isWeak = type === EdgeType.internal && (owner & WEAK_INTERNAL) !== 0;
  return isWeak ? bits & ~EdgeClass.RETAINING : bits;
});

/** True for a half of a WeakMap entry. */
export function isHalf(columns: EdgeColumns, edge: number): boolean {
  const { edgeTypes, edgeNames, ephemeronNames } = columns;
  return edgeTypes[edge] === EdgeType.internal && ephemeronNames[edgeNames[edge]] === 1;
}

/** What becomes of the bits of an edge that is half of a WeakMap entry. */
export function asHalf(bits: number, ofOwner: number): number {
  const isTables = (ofOwner & EdgeClass.TABLE_HALF) !== 0;
  const half = bits | EdgeClass.EPHEMERON;
  return isTables ? (half | EdgeClass.TABLE_HALF) & ~EdgeClass.ESSENTIAL : half;
}

/** EdgeClass bits of an edge that is no exception. */
function usualBits(columns: EdgeColumns, edge: number, owner: number): number {
  const ofOwner = ownerBits(columns, owner);
  let bits = BITS_BY_TYPE[(ofOwner << 8) | columns.edgeTypes[edge]];
  if (isHalf(columns, edge)) bits = asHalf(bits, ofOwner);
  // nothing holds itself
  return columns.edgeTargets[edge] === owner ? bits & ~HOLDING : bits;
}

/** EdgeClass bits of an edge. */
export function edgeBits(columns: EdgeColumns, edge: number, owner: number): number {
  const exception = isExceptional(columns, owner) ? columns.exceptions.get(edge) : undefined;
  return exception ?? usualBits(columns, edge, owner);
}

/**
 * Finds out what edges mean. The rules are those of DevTools (`HeapSnapshot.ts`: essential edges,
 * ephemerons) plus the ones a picture needs. What depends on texts is looked up once for each name;
 * everything else reads columns only, so that nobody has to ask about edges that no question is about.
 */
export function edgeRulesOf(tables: SnapshotTables): EdgeColumns {
  const { firstEdge, edgeTypes, edgeNames, edgeTargets, strings, nodeCount } = tables;
  const ephemeronNames = new Uint8Array(new SharedArrayBuffer(strings.count));
  for (const name of strings.ephemeronNames) ephemeronNames[name] = 1;
  const owners = new OwnerRules(tables);
  const columns = {
    ...owners.columns,
    ...{ firstEdge, edgeTypes, edgeNames, edgeTargets, ephemeronNames },
    ...noExceptions(nodeCount),
  };
  const exceptions = owners.findExceptions((edge, owner) => usualBits(columns, edge, owner));
  return withExceptions(columns, exceptions, (edge) => ownerOf(firstEdge, edge));
}

function noExceptions(nodeCount: number) {
  const bits = new SharedArrayBuffer(4 * Math.ceil(nodeCount / 32));
  return { exceptions: new Map<number, number>(), hasExceptions: new Uint32Array(bits) };
}

/** The same rules, with more exceptions. */
export function withExceptions(
  columns: EdgeColumns,
  more: ReadonlyMap<number, number>,
  ownerOf: (edge: number) => number,
): EdgeColumns {
  const { hasExceptions } = noExceptions(columns.firstEdge.length - 1);
  hasExceptions.set(columns.hasExceptions);
  for (const edge of more.keys()) {
    const owner = ownerOf(edge);
    hasExceptions[owner >>> 5] |= 1 << (owner & 31);
  }
  return { ...columns, exceptions: new Map([...columns.exceptions, ...more]), hasExceptions };
}

/** The node an edge comes from, by bisection of the edge index. */
export function ownerOf(firstEdge: Uint32Array, edge: number): number {
  let low = 0;
  let high = firstEdge.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (firstEdge[middle] <= edge) low = middle;
    else high = middle;
  }
  return low;
}
