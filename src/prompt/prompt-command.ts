import type { REPLServer } from 'node:repl';

/** A command as it was typed. */
export interface TypedCommand {
  readonly server: REPLServer;
  /** Without the `.` or `%`. */
  readonly name: string;
  /** What follows the name. */
  readonly text: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export type RunTyped = (typed: TypedCommand) => Promise<void>;
