import type { LocatedTarget } from '../probe/find-target.js';
import type { OwnDebugger } from '../probe/own-debugger.js';
import type { ProbeRegistry } from '../probe/probe-registry.js';
import type { ProfileRun } from './profile-run.js';

/** What a way of measuring works with. */
export interface StrategyContext {
  readonly own: OwnDebugger;
  readonly registry: ProbeRegistry;
  readonly run: ProfileRun;
  /** What is run while the functions are measured. */
  readonly statement: () => unknown;
}

/** Functions that are being measured. */
export interface AppliedStrategy {
  /** How, in words. */
  readonly way: string;
  /** True if it works by the debugger, which slows the whole program down. */
  readonly needsDebugger: boolean;
  /** Puts back what was changed. @returns a sentence when something could not be put back. */
  restore(): string | null;
}

/** One way of measuring functions of one script; null where it cannot be gone. */
export type Strategy = (
  targets: readonly LocatedTarget[],
  context: StrategyContext,
) => AppliedStrategy | null;
