import type { LocatedTarget } from '../probe/find-target.js';
import type { ProfileRun } from '../run/profile-run.js';
import type { OwnDebugger } from './own-debugger.js';
import type { ProbeDoor } from './probe-door.js';

/** What a way of measuring works with. */
export interface SwapContext {
  readonly own: OwnDebugger;
  readonly door: ProbeDoor;
  readonly run: ProfileRun;
  /** What is run while the functions are measured. */
  readonly statement: () => unknown;
}

/** Functions that are being measured. */
export interface Swap {
  /** How, in words. */
  readonly way: string;
  /** Whether it works by the debugger, which slows the whole program down. */
  readonly needsDebugger: boolean;
  /** Puts back what was changed. @returns a sentence when something could not be put back. */
  restore(): string | null;
}

/** One way of measuring functions of one script; null where it cannot be gone. */
export type SwapWay = (targets: readonly LocatedTarget[], context: SwapContext) => Swap | null;
