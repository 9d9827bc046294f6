import type { Work } from '../answer/work.js';
import type { Destination } from '../answer/write-outputs.js';
import type { CommandName } from '../question/commands.js';
import type { OptionValues } from '../question/options.js';
import type { GivenOptions } from '../question/read-options.js';
import type { Io } from './io.js';
import type { TerminalProgress } from './progress.js';

/** The parsed command line, its options read. */
export interface Asked {
  readonly command: CommandName;
  readonly options: OptionValues;
  /** The options as they were typed. */
  readonly given: GivenOptions;
  /** Sources as they were typed. */
  readonly sources: readonly string[];
  /** Arguments of a script, which follow `--`; null without a script. */
  readonly scriptArgs: readonly string[] | null;
}

/** The environment of a command. */
export interface Session {
  readonly io: Io;
  readonly progress: TerminalProgress;
  readonly work: Work;
  /** The destination of its answers. */
  readonly place: Destination;
}

/**
 * Does the work and writes the answer; the exit code is 0 unless a limit that the user set was
 * crossed.
 */
export type RunCommand = (asked: Asked, session: Session) => Promise<number>;
