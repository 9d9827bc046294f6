import { types } from 'node:util';
import type { RedactMode } from '../redact/redactor.js';
import { isIdentifier } from '../util/is-identifier.js';
import { parseRegExp } from '../util/parse-reg-exp.js';
import { parseClassLimit } from './class-limit.js';
import { parseCut } from './cut-rule.js';
import { parseMoment } from './moment.js';
import { parsePattern } from './pattern.js';
import { parseTarget } from './target.js';
import { filterOf, type TextFilter } from './text-match.js';
import { parseSize, parseTime } from './units.js';

/** What a reader needs to know of an option: its name, and which values it takes. */
export interface OptionBounds {
  /** As a program writes it; `--fan-in` for `fanIn`. */
  readonly name: string;
  /** Smallest number, or time in milliseconds. */
  readonly least?: number;
  readonly choices?: readonly string[];
  /** Two values, for messages. */
  readonly such?: string;
  /** What is wrong with an empty text. */
  readonly ifEmpty?: string;
}

/** How the value of an option is read. */
export interface KindReader {
  /** What the help calls a value; null for none. */
  readonly called: string | null;
  /** What a typed text stands for, where that is not the text; a text that stands for nothing as it is. */
  readonly fromText?: (text: string) => unknown;
  /**
   * Reads a value as a program gives it.
   *
   * @returns null for one that is refused.
   * @throws ShowBackrefError USAGE for a broken text.
   */
  readonly read: (value: unknown, bounds: OptionBounds) => unknown;
  /**
   * What is wrong with a value that is refused.
   *
   * @param typed its text where it was typed; null in a program.
   */
  readonly refusal?: (bounds: OptionBounds, typed: unknown) => string;
}

/** One hour: longer units make no table. */
const MOST_SECONDS = 3600;

/** A reader for each kind of option. */
export const KINDS = {
  switch: {
    called: null,
    read: (value) => (typeof value === 'boolean' ? value : null),
    refusal: () => 'is not true or false',
  },
  /** A whole number from `least` up. */
  count: {
    called: 'N',
    fromText: toNumber,
    read: (value, { least = 0 }) => (isWhole(value, least) ? value : null),
    refusal: ({ least = 0 }) => `is not a whole number from ${least} up`,
  },
  /** A whole number from 1 up, or Infinity: `all` where it is typed. */
  rows: {
    called: 'N',
    fromText: (text) => (text === 'all' ? Number.POSITIVE_INFINITY : toNumber(text)),
    read: (value) => (value === Number.POSITIVE_INFINITY || isWhole(value, 1) ? value : null),
    refusal: (_, typed) =>
      `is not a whole number from 1 up, nor ${typed === null ? 'Infinity' : 'all'}`,
  },
  /** One of `choices`. */
  choice: { called: 'WORD', read: choiceOf, refusal: useChoice },
  redact: {
    called: 'WHAT',
    read: (value, bounds) => choiceOf(value, bounds) as RedactMode | null,
    refusal: useChoice,
  },
  text: { called: 'TEXT', read: String },
  /** Names of JavaScript with dots between them. */
  path: {
    called: 'NAME',
    read: (value) => (isText(value) && value.split('.').every(isIdentifier) ? value : null),
    refusal: () => 'is not the name of a function, such as handle or api.handle',
  },
  /** A file to read or to write. */
  file: {
    called: 'FILE',
    read: (value) => (isText(value) ? value : null),
    refusal: () => 'is not the path of a file',
  },
  /** A folder, or whether there are any: false for none. */
  folder: {
    called: 'DIR',
    read: (value) => (typeof value === 'boolean' || (isText(value) && value !== '') ? value : null),
    refusal: () => 'is neither true, false nor the path of a folder',
  },
  /** Name of a format. */
  format: { called: 'FORMAT', read: (value) => String(value).toLowerCase() },
  /** In bytes. */
  size: {
    called: 'SIZE',
    fromText: (text) => parseSize(text) ?? text,
    read: (value) => (typeof value === 'number' ? value : null),
    refusal: () => 'is not a size; write it like 800MB or 4GB',
  },
  /** In milliseconds; Infinity for one of `choices`. */
  time: {
    called: 'TIME',
    fromText: (text) => parseTime(text) ?? text,
    read(value, { least = 0, choices = [] }) {
      if (choices.some((choice) => choice === value)) return Number.POSITIVE_INFINITY;
      return typeof value === 'number' && value >= least ? value : null;
    },
    refusal({ least = 0, such = '' }) {
      const from = least > 1 ? ` from ${least}ms up` : '';
      return `is not a time${from}; use one such as ${such}`;
    },
  },
  seconds: {
    called: 'SECONDS',
    fromText: Number,
    read: (value) =>
      typeof value === 'number' && value > 0 && value <= MOST_SECONDS ? value : null,
    refusal: () => 'is not a number of seconds, such as 1e-3',
  },
  moment: { called: 'WHEN', read: (value) => parseMoment(String(value)) },
  target: { called: 'OBJECT', read: (value) => parseTarget(String(value)) },
  pattern: {
    called: 'PATTERN',
    read: (value) => (isText(value) || types.isRegExp(value) ? parsePattern(String(value)) : null),
    refusal: () => 'is neither a text nor a regular expression',
  },
  cut: {
    called: "'A->B'",
    read: (value) => (isText(value) ? parseCut(value) : null),
    refusal: () => 'is not a text',
  },
  /** A part of a text, or `/re/`. */
  filter: {
    called: 'PART',
    // a program hands over a regular expression itself, and its texts are looked for as they are
    fromText: (text) => parseRegExp(text) ?? text,
    read(value): TextFilter | null {
      if (types.isRegExp(value)) return filterOf(value);
      return isText(value) ? { text: value, expression: null } : null;
    },
    refusal: () => 'is neither a text nor a regular expression',
  },
  classLimit: { called: "'CLASS>N'", read: (value) => parseClassLimit(String(value)) },
} satisfies Readonly<Record<string, KindReader>>;

export type OptionKind = keyof typeof KINDS;

/** The value of an option of each kind, once it is read. */
export type KindValues = {
  readonly [K in OptionKind]: NonNullable<ReturnType<(typeof KINDS)[K]['read']>>;
};

function choiceOf(value: unknown, { choices = [] }: OptionBounds): string | null {
  return choices.find((name) => name === value) ?? null;
}

function useChoice({ choices = [] }: OptionBounds): string {
  return `is unknown; use one of ${choices.join(', ')}`;
}

function toNumber(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least;
}
