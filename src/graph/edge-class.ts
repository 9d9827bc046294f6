/** The meaning of an edge, as bits; forward and backward passes must read the same ones. */
export const EdgeClass = {
  /** Keeps its target alive. */
  RETAINING: 1,
  /**
   * Belongs to the engine's own bookkeeping (shapes, code, feedback): real, but rarely the answer.
   */
  ENGINE: 2,
  /** One half of a WeakMap entry: the value lives while both key and table do. */
  EPHEMERON: 4,
  /** Belongs to a debugger: held for its console or while it steps. */
  CONSOLE: 8,
  /** Counted by DevTools when it measures distances, before ephemerons. */
  COUNTED: 16,
  /** The half of a WeakMap entry that leaves the table; dominators only use the key's half. */
  TABLE_HALF: 32,
  /** Weak, although the file gives it another type. */
  WEAK: 64,
  /**
   * Called essential by DevTools: it counts for dominators, except for edges to nodes that user
   * roots own.
   */
  ESSENTIAL: 128,
} as const;

/** For owners only: their `internal` edges do not keep their targets alive. */
export const WEAK_INTERNAL = 64;

/** For owners only: the meaning of some of their edges does not follow from the types. */
export const HAS_EXCEPTIONS = 128;

/**
 * The part of the name that both halves of a WeakMap entry share: they differ in the number before
 * the first slash.
 */
export function pairOfName(name: string): string {
  return name.slice(name.indexOf('/'));
}
