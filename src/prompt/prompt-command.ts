import type { REPLServer } from 'node:repl';

/** A command as it was typed. */
export interface TypedCommand {
  readonly server: REPLServer;
  /** The name without the `.` or `%`. */
  readonly name: string;
  /** The text after the name. */
  readonly text: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export type RunTyped = (typed: TypedCommand) => Promise<void>;
