import type { RedactMode } from '../redact/redactor.js';
import type { ClassLimit } from './class-limit.js';
import type { CutRule } from './cut-rule.js';
import type { LookMoment } from './moment.js';
import type { Pattern } from './pattern.js';
import type { Target } from './target.js';
import type { TextFilter } from './text-match.js';

/** The value of an option of each kind, once it is read. */
export interface KindValues {
  readonly switch: boolean;
  /** A whole number from `least` up. */
  readonly count: number;
  /** A whole number from 1 up, or Infinity: `all` where it is typed. */
  readonly rows: number;
  /** One of `choices`. */
  readonly choice: string;
  readonly redact: RedactMode;
  readonly text: string;
  /** Names of JavaScript with dots between them. */
  readonly path: string;
  /** Path of a file to read or to write. */
  readonly file: string;
  /** Name of a format. */
  readonly format: string;
  /** A folder, or whether there are any: false for none. */
  readonly folder: string | boolean;
  /** In bytes. */
  readonly size: number;
  /** In milliseconds; Infinity for one of `choices`. */
  readonly time: number;
  readonly seconds: number;
  readonly moment: LookMoment;
  readonly target: Target;
  readonly pattern: Pattern;
  readonly cut: CutRule;
  /** A part of a text, or `/re/`. */
  readonly filter: TextFilter;
  readonly classLimit: ClassLimit;
}

export type OptionKind = keyof KindValues;

/** Where an option can be given: at a shell, at a prompt, in a program, or in a program about an opened heap. */
export type Door = 'shell' | 'prompt' | 'program' | 'heap';

export type CommandName =
  | 'backrefs'
  | 'refs'
  | 'chain'
  | 'types'
  | 'growth'
  | 'leaks'
  | 'info'
  | 'capture'
  | 'lprun'
  | 'mprun'
  | 'mprof'
  | 'repl'
  | 'completion'
  | 'skill';

/** Headings of the help, in its order. */
export const GROUPS = ['Target', 'Source', 'Walk', 'List', 'Output', 'Other'] as const;

/** One option: everything that its doors, the help and the shell's completion need to know. */
export interface Option {
  /** As a program writes it; `--fan-in` for `fanIn`. */
  readonly name: string;
  readonly kind: OptionKind;
  readonly group: (typeof GROUPS)[number];
  /** The commands that have it. */
  readonly on: readonly CommandName[];
  readonly doors: readonly Door[];
  /** What the help says about it. */
  readonly words: string;
  /** What the help calls its value. */
  readonly value?: string;
  /** One letter, where a line is typed. */
  readonly letter?: string;
  /** May be given more than once: its value is a list. */
  readonly many?: true;
  /** Smallest number, or time in milliseconds. */
  readonly least?: number;
  readonly choices?: readonly string[];
  /** Two values, for messages. */
  readonly such?: string;
  /** The value where none is given; null, or an empty list, without it. */
  readonly fallback?: number | boolean | string;
  /** What is wrong with an empty text. */
  readonly ifEmpty?: string;
  /** Left out of the command that a report for others names: it says where things are on this machine. */
  readonly isPrivate?: true;
}
