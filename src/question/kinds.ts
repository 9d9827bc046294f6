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

/** The name of an option and the values it takes, as its reader needs them. */
export interface OptionBounds {
  /** As a program writes it; `--fan-in` for `fanIn`. */
  readonly name: string;
  /** Smallest number, or smallest time in milliseconds. */
  readonly least?: number;
  readonly choices?: readonly string[];
  /** Two example values, for messages. */
  readonly such?: string;
  /** The advice for an empty text. */
  readonly ifEmpty?: string;
}

/** Reads the value of an option of one kind. */
export interface KindReader {
  /** The name of a value in the help; null for an option without a value. */
  readonly called: string | null;
  /**
   * Converts a typed text to the value that a program would give; returns other texts unchanged.
   */
  readonly fromText?: (text: string) => unknown;
  /**
   * Reads a value as a program gives it.
   *
   * @returns null for a value that is refused.
   * @throws ShowBackrefError USAGE for a broken text.
   */
  readonly read: (value: unknown, bounds: OptionBounds) => unknown;
  /**
   * Says what is wrong with a refused value.
   *
   * @param typed its text, if it was typed; null in a program.
   */
  readonly refusal?: (bounds: OptionBounds, typed: unknown) => string;
}

/** One hour: tables have no larger units. */
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
  /** A JavaScript path: names with dots between them. */
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
  /** A folder, true for any folder, or false for none. */
  folder: {
    called: 'DIR',
    read: (value) => (typeof value === 'boolean' || (isText(value) && value !== '') ? value : null),
    refusal: () => 'is neither true, false nor the path of a folder',
  },
  /** The name of a format. */
  format: { called: 'FORMAT', read: (value) => String(value).toLowerCase() },
  /** A size in bytes. */
  size: {
    called: 'SIZE',
    fromText: (text) => parseSize(text) ?? text,
    read: (value) => (typeof value === 'number' ? value : null),
    refusal: () => 'is not a size; write it like 800MB or 4GB',
  },
  /** A time in milliseconds; Infinity for one of `choices`. */
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
  /** Part of a text, or `/re/`. */
  filter: {
    called: 'PART',
    // a program passes a RegExp object itself, and its texts are taken literally
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

/** The value that each kind of option has after reading. */
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
