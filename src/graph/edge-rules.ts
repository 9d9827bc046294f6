import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import { touched } from '../util/touched.js';
import { EdgeClass, HAS_EXCEPTIONS, WEAK_INTERNAL } from './edge-class.js';
import { EdgeOwners } from './edge-owners.js';
import { EdgeType } from './types.js';

/** The columns that say what an edge means. All of them can be shared by threads. */
export interface EdgeColumns {
  /** By node ordinal: EdgeClass bits of the edges that leave it, WEAK_INTERNAL, HAS_EXCEPTIONS. */
  readonly owners: Uint8Array;
  readonly firstEdge: Uint32Array;
  readonly edgeTypes: Uint8Array;
  readonly edgeNames: Uint32Array;
  readonly edgeTargets: Uint32Array;
  /** 1 for the names of halves of WeakMap entries, by string index. */
  readonly ephemeronNames: Uint8Array;
  /** EdgeClass bits of the few edges for which they do not follow from the other columns. */
  readonly exceptions: ReadonlyMap<number, number>;
}

/** What an edge that keeps nothing alive has not. */
export const HOLDING = EdgeClass.RETAINING | EdgeClass.ESSENTIAL;

/**
 * What an edge means by the bits of its owner (upper byte) and its own type (lower byte), but for
 * halves of WeakMap entries, edges from a node to itself, and exceptions.
 */
export const BITS_BY_TYPE = bitsByType();

function bitsByType(): Uint8Array {
  const table = new Uint8Array(1 << 16);
  for (let owner = 0; owner < 256; owner++) {
    const ofOwner = owner & (EdgeClass.RETAINING | EdgeClass.ENGINE | EdgeClass.COUNTED);
    const bits = ofOwner | EdgeClass.ESSENTIAL;
    const row = table.subarray(owner << 8, (owner + 1) << 8).fill(bits);
    row[EdgeType.weak] = 0;
    row[EdgeType.shortcut] = bits & ~HOLDING;
    if ((owner & WEAK_INTERNAL) !== 0) row[EdgeType.internal] = bits & ~EdgeClass.RETAINING;
  }
  return table;
}

/** True for a half of a WeakMap entry. */
function isHalf(columns: EdgeColumns, edge: number): boolean {
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
  const ofOwner = columns.owners[owner];
  let bits = BITS_BY_TYPE[(ofOwner << 8) | columns.edgeTypes[edge]];
  if (isHalf(columns, edge)) bits = asHalf(bits, ofOwner);
  // nothing holds itself
  return columns.edgeTargets[edge] === owner ? bits & ~HOLDING : bits;
}

/** EdgeClass bits of an edge. */
export function edgeBits(columns: EdgeColumns, edge: number, owner: number): number {
  const isUsual = (columns.owners[owner] & HAS_EXCEPTIONS) === 0;
  const exception = isUsual ? undefined : columns.exceptions.get(edge);
  return exception ?? usualBits(columns, edge, owner);
}

/**
 * Finds out what edges mean. The rules are those of DevTools (`HeapSnapshot.ts`: essential edges,
 * ephemerons) plus the ones a picture needs. What depends on texts is looked up beforehand; the rest
 * reads columns only, so that nothing is worked out for edges that no question is about.
 */
export function edgeRulesOf(tables: SnapshotTables): EdgeColumns {
  const { firstEdge, edgeTypes, edgeNames, edgeTargets, strings } = tables;
  const ephemeronNames = touched(new Uint8Array(new SharedArrayBuffer(strings.count)));
  for (const name of strings.ephemeronNames) ephemeronNames[name] = 1;
  const owners = new EdgeOwners(tables);
  const columns = {
    owners: owners.bits,
    ...{ firstEdge, edgeTypes, edgeNames, edgeTargets, ephemeronNames },
  };
  const none = { ...columns, exceptions: new Map<number, number>() };
  const exceptions = owners.findExceptions((edge, owner) => usualBits(none, edge, owner));
  markOwners(columns, exceptions.keys());
  return { ...columns, exceptions };
}

/** The same rules, with more exceptions. */
export function withExceptions(
  columns: EdgeColumns,
  more: ReadonlyMap<number, number>,
): EdgeColumns {
  const owners = new Uint8Array(new SharedArrayBuffer(columns.owners.length));
  owners.set(columns.owners);
  markOwners({ ...columns, owners }, more.keys());
  return { ...columns, owners, exceptions: new Map([...columns.exceptions, ...more]) };
}

function markOwners(
  { owners, firstEdge }: Pick<EdgeColumns, 'owners' | 'firstEdge'>,
  edges: Iterable<number>,
): void {
  for (const edge of edges) owners[ownerOf(firstEdge, edge)] |= HAS_EXCEPTIONS;
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
