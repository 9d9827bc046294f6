import type { CommandName } from './commands.js';
import type { OptionBounds, OptionKind } from './kinds.js';

/**
 * The place where an option can be given: at a shell, at a prompt, in a program, or in a program
 * about an opened heap.
 */
export type Door = 'shell' | 'prompt' | 'program' | 'heap';

/** Headings of the help, in its order. */
export const GROUPS = ['Target', 'Source', 'Walk', 'List', 'Output', 'Other'] as const;

/** One option: everything that its doors, the help and shell completion need to know. */
export interface Option extends OptionBounds {
  readonly kind: OptionKind;
  readonly group: (typeof GROUPS)[number];
  /** The commands that have it. */
  readonly on: readonly CommandName[];
  readonly doors: readonly Door[];
  /** Its text in the help. */
  readonly words: string;
  /** Its text in the types of the calls, if that differs. */
  readonly inProgram?: string;
  /** The name of its value in the help. */
  readonly value?: string;
  /** A letter that stands for it on a typed line. */
  readonly letter?: string;
  /** May be given more than once: its value is a list. */
  readonly many?: true;
  /** The default value; without it, the default is null or an empty list. */
  readonly fallback?: number | boolean | string;
  /**
   * Left out of the command line in a report for others: it tells where things are on this machine.
   */
  readonly isPrivate?: true;
}
