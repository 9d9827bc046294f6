/**
 * Fields of a join's record. A join is a vertex with more than one holder: a vertex with only one
 * is dominated by it, so the algorithm only works on joins. A record is one line of the processor's
 * cache, identified by its start; records are in the order of preorder numbers.
 */
export const Join = {
  /** Preorder number of the vertex. */
  NUMBER: 0,
  /**
   * The lowest candidate for the semidominator known so far. When the vertex is done: the lowest
   * semidominator of the joins from here up to ANCESTOR, exclusive.
   */
  LOW: 1,
  /** The stack frame that LOW was taken from. */
  LEVEL: 2,
  /** The join that was linked to this one last; at the end PAST_START if that applies. */
  NEWEST: 3,
  /** Index of that link; 0 for none. */
  LINK: 4,
  /** The next join up the tree; further up once the path is compressed. */
  ANCESTOR: 5,
  /** Preorder number of the parent in the tree. */
  PARENT: 6,
  /** Preorder number of the semidominator, once it is known. */
  SEMI: 7,
} as const;

/** Length of a record. */
export const JOIN_FIELDS = 8;

/** The root's record. It is at the second position, so that 0 can mean none. */
export const ROOT_JOIN = JOIN_FIELDS;

/** In NEWEST: paths from the root lead here past the root's child that this was found from. */
export const PAST_START = 1;
