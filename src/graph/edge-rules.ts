import type { SnapshotTables } from '../snapshot/snapshot-tables.js';
import { prefault } from '../util/prefault.js';
import { EdgeClass, HAS_EXCEPTIONS, WEAK_INTERNAL } from './edge-class.js';
import { EdgeOwners } from './edge-owners.js';
import { findExceptions } from './exceptions/edge-exceptions.js';
import { EdgeType } from './types.js';

/** The columns that determine the meaning of an edge. Threads can share all of them. */
export interface EdgeTypeColumns {
  readonly firstEdge: Uint32Array;
  readonly edgeTypes: Uint8Array;
  readonly edgeNames: Uint32Array;
  readonly edgeTargets: Uint32Array;
  /** 1 for the names of halves of WeakMap entries, by string index. */
  readonly ephemeronNames: Uint8Array;
  /** EdgeClass bits of the few edges for which they do not follow from the other columns. */
  readonly exceptions: ReadonlyMap<number, number>;
}

/** Bits that are cleared on an edge that does not keep its target alive. */
export const HOLDING = EdgeClass.RETAINING | EdgeClass.ESSENTIAL;

/**
 * The meaning of an edge by the bits of its owner (upper byte) and its own type (lower byte),
 * except for halves of WeakMap entries, edges from a node to itself, and exceptions.
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

/** The bits of an edge that is half of a WeakMap entry. */
export function asHalf(bits: number, ofOwner: number): number {
  const isTables = (ofOwner & EdgeClass.TABLE_HALF) !== 0;
  const half = bits | EdgeClass.EPHEMERON;
  return isTables ? (half | EdgeClass.TABLE_HALF) & ~EdgeClass.ESSENTIAL : half;
}

/**
 * Determines the meaning of edges. The rules are those of DevTools (`HeapSnapshot.ts`: essential
 * edges, ephemerons) plus those that a picture needs. Computes nothing for edges that no question
 * is about.
 */
export class EdgeRules {
  readonly columns: EdgeTypeColumns;
  readonly #owners: EdgeOwners;
  readonly #exceptionalOwners = new Set<number>();
  #allOwners: Uint8Array | null = null;

  static of(tables: SnapshotTables): EdgeRules {
    const { firstEdge, edgeTypes, edgeNames, edgeTargets, strings } = tables;
    const ephemeronNames = prefault(new Uint8Array(new SharedArrayBuffer(strings.count)));
    for (const name of strings.ephemeronNames) ephemeronNames[name] = 1;
    const columns = { firstEdge, edgeTypes, edgeNames, edgeTargets, ephemeronNames };
    const owners = new EdgeOwners(tables);
    const usual = new EdgeRules({ ...columns, exceptions: new Map() }, owners);
    return usual.with(findExceptions(tables, (edge, owner) => usual.bitsOf(edge, owner)));
  }

  private constructor(columns: EdgeTypeColumns, owners: EdgeOwners) {
    this.columns = columns;
    this.#owners = owners;
    for (const edge of columns.exceptions.keys()) {
      this.#exceptionalOwners.add(ownerOf(columns.firstEdge, edge));
    }
  }

  /** The same rules with more exceptions: EdgeClass bits by edge. */
  with(more: ReadonlyMap<number, number>): EdgeRules {
    const exceptions = new Map([...this.columns.exceptions, ...more]);
    return new EdgeRules({ ...this.columns, exceptions }, this.#owners);
  }

  /** EdgeClass bits of an edge. */
  bitsOf(edge: number, owner: number): number {
    const { edgeTypes, edgeNames, edgeTargets, ephemeronNames, exceptions } = this.columns;
    const exception = exceptions.get(edge);
    if (exception !== undefined) return exception;
    const ofOwner = this.#owners.bitsOf(owner);
    const type = edgeTypes[edge];
    let bits = BITS_BY_TYPE[(ofOwner << 8) | type];
    if (type === EdgeType.internal && ephemeronNames[edgeNames[edge]] === 1) {
      bits = asHalf(bits, ofOwner);
    }
    // a node does not hold itself
    return edgeTargets[edge] === owner ? bits & ~HOLDING : bits;
  }

  /**
   * For passes over the edges of all nodes, by node ordinal: EdgeClass bits of the edges that leave
   * a node, WEAK_INTERNAL, HAS_EXCEPTIONS.
   */
  get owners(): Uint8Array {
    this.#allOwners ??= this.#collectOwners();
    return this.#allOwners;
  }

  #collectOwners(): Uint8Array {
    const owners = this.#owners.all();
    for (const owner of this.#exceptionalOwners) owners[owner] |= HAS_EXCEPTIONS;
    return owners;
  }
}

/** The node that an edge leaves, by bisection of the edge index. */
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
