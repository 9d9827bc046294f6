/** What an edge means to us, as bits; forward and backward passes must read the same ones. */
export const EdgeClass = {
  /** Keeps its target alive. */
  RETAINING: 1,
  /** Comes from the engine's own bookkeeping (shapes, code, feedback): real, but rarely the answer. */
  ENGINE: 2,
  /** One half of a WeakMap entry: the value lives while key and table both do. */
  EPHEMERON: 4,
  /** A debugger's own: what it holds for its console or while it steps. */
  CONSOLE: 8,
  /** Counted by DevTools when it measures distances, before ephemerons. */
  COUNTED: 16,
  /** The half of a WeakMap entry that leaves the table; dominators only use the key's half. */
  TABLE_HALF: 32,
  /** Weak, although the file says another type. */
  WEAK: 64,
  /** DevTools calls it essential: it counts for dominators, but for edges into what user roots own. */
  ESSENTIAL: 128,
} as const;

/** Of an owner only: its `internal` edges do not keep their targets alive. */
export const WEAK_INTERNAL = 64;

/** Of an owner only: what some of its edges mean does not follow from their types. */
export const HAS_EXCEPTIONS = 128;

/** What the halves of a WeakMap entry have in common: their names differ in the number before the first slash. */
export function pairOfName(name: string): string {
  return name.slice(name.indexOf('/'));
}
