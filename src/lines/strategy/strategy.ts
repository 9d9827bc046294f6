import type { LocatedTarget } from '../probe/find-target.js';
import type { OwnDebugger } from '../probe/own-debugger.js';
import type { ProbeRegistry } from '../probe/probe-registry.js';
import type { ProfileRun } from './profile-run.js';

/** The tools of a strategy. */
export interface StrategyContext {
  readonly own: OwnDebugger;
  readonly registry: ProbeRegistry;
  readonly run: ProfileRun;
  /** The statement to run while the functions are measured. */
  readonly statement: () => unknown;
}

/** Functions that are being measured. */
export interface AppliedStrategy {
  /** A description of the method. */
  readonly way: string;
  /** True if it uses the debugger, which slows the whole program down. */
  readonly needsDebugger: boolean;
  /** Restores what was changed. @returns a sentence if something could not be restored. */
  restore(): string | null;
}

/** A way to measure functions of one script; null if this strategy does not apply. */
export type Strategy = (
  targets: readonly LocatedTarget[],
  context: StrategyContext,
) => AppliedStrategy | null;
