import type { CommandName } from './commands.js';
import type { OptionBounds, OptionKind } from './kinds.js';

/** Where an option can be given: at a shell, at a prompt, in a program, or in a program about an opened heap. */
export type Door = 'shell' | 'prompt' | 'program' | 'heap';

/** Headings of the help, in its order. */
export const GROUPS = ['Target', 'Source', 'Walk', 'List', 'Output', 'Other'] as const;

/** One option: everything that its doors, the help and the shell's completion need to know. */
export interface Option extends OptionBounds {
  readonly kind: OptionKind;
  readonly group: (typeof GROUPS)[number];
  /** The commands that have it. */
  readonly on: readonly CommandName[];
  readonly doors: readonly Door[];
  /** What the help says about it. */
  readonly words: string;
  /** What the types of the calls say about it, where that is something else. */
  readonly inProgram?: string;
  /** What the help calls its value. */
  readonly value?: string;
  /** One letter, where a line is typed. */
  readonly letter?: string;
  /** May be given more than once: its value is a list. */
  readonly many?: true;
  /** The value where none is given; null, or an empty list, without it. */
  readonly fallback?: number | boolean | string;
  /** Left out of the command that a report for others names: it says where things are on this machine. */
  readonly isPrivate?: true;
}
