import type { LocationTable } from './location-table.js';
import type { ScopeTable } from './scope-table.js';
import type { StringTable } from './string-table.js';

/**
 * Node types in the numbering of this code, whatever numbering the file declares. Further types
 * that a file declares keep their name and get the next free numbers.
 */
export const NODE_TYPES = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
] as const;

/** Edge types, in the same way; V8 has had these seven since 6.8. */
export const EDGE_TYPES = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
] as const;

export type NodeTypeName = (typeof NODE_TYPES)[number];
export type EdgeTypeName = (typeof EDGE_TYPES)[number];

/** In `selfSizes`: the size does not fit 16 bits, which is rare, and is in `largeSelfSizes`. */
export const LARGE_SIZE = 0xffff;

/** Detachedness of a DOM node as V8 writes it. */
export const DETACHED = 2;

/** A parsed heap snapshot as columns; every array is final once the reader returns it. */
export interface SnapshotTables {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Position of the root node; 0 unless the file says otherwise. */
  readonly rootOrdinal: number;
  /** False if the node at `rootOrdinal` is an ordinary object: the file names no root. */
  readonly hasRoot: boolean;
  /** False if the header gives 0 nodes and edges although there are some. */
  readonly isCounted: boolean;
  /** The number of functions in the allocation traces, which are not read; 0 in files without. */
  readonly traceFunctionCount: number;
  /** Memory of the embedder that no node stands for; 0 unless the file contains it. */
  readonly extraNativeBytes: number;
  readonly nodeTypeNames: readonly string[];
  readonly edgeTypeNames: readonly string[];
  /** Index into `nodeTypeNames`, by node ordinal. */
  readonly nodeTypes: Uint8Array;
  /** Index into `strings`, by node ordinal. */
  readonly nodeNames: Uint32Array;
  /** Object ids by node ordinal; their lower 32 bits if there are `nodeIdsAbove`. */
  readonly nodeIds: Uint32Array;
  /** The upper bits of the ids; null unless an id has more than 32 bits, which V8's never have. */
  readonly nodeIdsAbove: Uint32Array | null;
  /** The part of `selfSizes` that is memory outside the heap; null in files without the field. */
  readonly nativeSizes: ReadonlyMap<number, number> | null;
  /** Shallow size in bytes by node ordinal, or LARGE_SIZE. */
  readonly selfSizes: Uint16Array;
  /** Shallow sizes from LARGE_SIZE bytes up, by node ordinal. */
  readonly largeSelfSizes: ReadonlyMap<number, number>;
  /** 0 unknown, 1 attached, 2 detached, by node ordinal; null in files without the field. */
  readonly detachedness: Uint8Array | null;
  /** First outgoing edge by node ordinal; length nodeCount + 1, last entry edgeCount. */
  readonly firstEdge: Uint32Array;
  /** Index into `edgeTypeNames`, by edge ordinal. */
  readonly edgeTypes: Uint8Array;
  /** Element index for `element` and `hidden` edges, else index into `strings`; by edge ordinal. */
  readonly edgeNames: Uint32Array;
  /** Ordinal of the node an edge points to, by edge ordinal. */
  readonly edgeTargets: Uint32Array;
  readonly strings: StringTable;
  readonly locations: LocationTable;
  /** Null in files without them. */
  readonly scopes: ScopeTable | null;
}
