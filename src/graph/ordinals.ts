/**
 * Four kinds of number that must not be confused. All are plain numbers at run time; only the
 * places that create them should cast.
 */
declare const brand: unique symbol;

/** Position of a node in the snapshot: 0 to nodeCount - 1. */
export type NodeOrdinal = number & { readonly [brand]: 'NodeOrdinal' };

/** Position of an edge in the snapshot: 0 to edgeCount - 1. */
export type EdgeOrdinal = number & { readonly [brand]: 'EdgeOrdinal' };

/** V8's id of an object, stable for its life: the 123 in `@123`. */
export type NodeId = number & { readonly [brand]: 'NodeId' };

/**
 * Edges in the order of the file: a typed array at run time, with numbers that the type system
 * distinguishes.
 */
export interface EdgeList extends Iterable<EdgeOrdinal> {
  readonly length: number;
  readonly [position: number]: EdgeOrdinal;
  some(test: (edge: EdgeOrdinal, position: number) => boolean): boolean;
  every(test: (edge: EdgeOrdinal, position: number) => boolean): boolean;
}
