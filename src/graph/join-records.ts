/**
 * Fields of a join's record. A join is a vertex with more than one holder: all others are dominated
 * by their only one, so joins are all there is to work on. A record is one line of the processor's
 * cache, known by where it begins; records are in the order of preorder numbers.
 */
export const Join = {
  /** Preorder number of the vertex. */
  NUMBER: 0,
  /**
   * The lowest candidate for the semidominator that is known so far. When the vertex is done: the
   * lowest semidominator of the joins from here up to, not including, ANCESTOR.
   */
  LOW: 1,
  /** Frame on the stack that LOW was taken from. */
  LEVEL: 2,
  /** The join that was linked to this one last; at the end PAST_START where that is the case. */
  NEWEST: 3,
  /** Place of that link; 0 for none. */
  LINK: 4,
  /** The next join up the tree; further up once the way is compressed. */
  ANCESTOR: 5,
  /** Preorder number of the parent in the tree. */
  PARENT: 6,
  /** Preorder number of the semidominator, once it is known. */
  SEMI: 7,
} as const;

/** Length of a record. */
export const JOIN_FIELDS = 8;

/** The root's record. It is the second place, so that 0 is none. */
export const ROOT_JOIN = JOIN_FIELDS;

/** In NEWEST: ways from the root lead here past the root's child that this was found from. */
export const PAST_START = 1;
