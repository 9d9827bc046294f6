import { types } from 'node:util';
import { usage } from '../errors.js';
import type { RedactMode } from '../redact/redactor.js';
import { isIdentifier } from '../util/is-identifier.js';
import { parseRegExp } from '../util/parse-reg-exp.js';
import { option, type Sentence, say } from '../util/sentence.js';
import { parseClassLimit } from './class-limit.js';
import { parseCut } from './cut-rule.js';
import { parseMoment } from './moment.js';
import type { KindValues, Option, OptionKind } from './option.js';
import { parsePattern } from './pattern.js';
import { parseTarget } from './target.js';
import { filterOf } from './text-match.js';
import { parseSize, parseTime } from './units.js';

/** How the value of an option is read. */
export interface KindReader<T> {
  /** What a typed text stands for; the text itself where it stands for nothing, which `read` refuses. */
  readonly fromText: (text: string) => unknown;
  /**
   * Checks a value as a program gives it.
   *
   * @param shown what was given: the text that was typed for it, or the value itself.
   * @throws ShowBackrefError USAGE.
   */
  readonly read: (value: unknown, option: Option, shown: unknown) => T;
}

/** One hour: longer units make no table. */
const MOST_SECONDS = 3600;

/** A reader for each kind of option. */
export const KINDS: { readonly [K in OptionKind]: KindReader<KindValues[K]> } = {
  switch: {
    fromText: (text) => text,
    read(value, row, shown) {
      if (typeof value === 'boolean') return value;
      throw wrong(row, shown, 'is not true or false');
    },
  },
  count: {
    fromText: toNumber,
    read(value, row, shown) {
      const { least = 0 } = row;
      if (isWhole(value, least)) return value;
      throw wrong(row, shown, `is not a whole number from ${least} up`);
    },
  },
  rows: {
    fromText: (text) => (text === 'all' ? Number.POSITIVE_INFINITY : toNumber(text)),
    read(value, row, shown) {
      if (value === Number.POSITIVE_INFINITY || isWhole(value, 1)) return value;
      const all = typeof shown === 'string' ? 'all' : 'Infinity';
      throw wrong(row, shown, `is not a whole number from 1 up, nor ${all}`);
    },
  },
  choice: { fromText: (text) => text, read: readChoice },
  redact: { fromText: (text) => text, read: (value, row) => readChoice(value, row) as RedactMode },
  text: { fromText: (text) => text, read: (value, row) => readText(String(value), row) },
  path: {
    fromText: (text) => text,
    read(value, row, shown) {
      if (typeof value === 'string' && value.split('.').every(isIdentifier)) return value;
      throw wrong(row, shown, 'is not the name of a function, such as handle or api.handle');
    },
  },
  file: {
    fromText: (text) => text,
    read(value, row, shown) {
      if (typeof value === 'string') return readText(value, row);
      throw wrong(row, shown, 'is not the path of a file');
    },
  },
  folder: {
    fromText: (text) => text,
    read(value, row, shown) {
      if (typeof value === 'boolean' || (typeof value === 'string' && value !== '')) return value;
      throw wrong(row, shown, 'is neither true, false nor the path of a folder');
    },
  },
  format: { fromText: (text) => text, read: (value) => String(value).toLowerCase() },
  size: {
    fromText: (text) => parseSize(text) ?? text,
    read(value, row, shown) {
      if (typeof value === 'number') return value;
      throw wrong(row, shown, 'is not a size; write it like 800MB or 4GB');
    },
  },
  time: {
    fromText: (text) => parseTime(text) ?? text,
    read(value, row, shown) {
      const { least = 0, such = '', choices = [] } = row;
      if (typeof value === 'number' && value >= least) return value;
      if (choices.some((choice) => choice === value)) return Number.POSITIVE_INFINITY;
      const from = least > 1 ? ` from ${least}ms up` : '';
      throw wrong(row, shown, `is not a time${from}; use one such as ${such}`);
    },
  },
  seconds: {
    fromText: Number,
    read(value, row, shown) {
      if (typeof value === 'number' && value > 0 && value <= MOST_SECONDS) return value;
      throw wrong(row, shown, 'is not a number of seconds, such as 1e-3');
    },
  },
  moment: { fromText: (text) => text, read: (value) => parseMoment(String(value)) },
  target: { fromText: (text) => text, read: (value) => parseTarget(String(value)) },
  pattern: {
    fromText: (text) => text,
    read(value, row, shown) {
      if (typeof value === 'string' || types.isRegExp(value)) return parsePattern(String(value));
      throw wrong(row, shown, 'is neither a text nor a regular expression');
    },
  },
  cut: {
    fromText: (text) => text,
    read(value, row, shown) {
      if (typeof value === 'string') return parseCut(value);
      throw wrong(row, shown, 'is not a text');
    },
  },
  filter: {
    // a program hands over a regular expression itself, and its texts are looked for as they are
    fromText: (text) => parseRegExp(text) ?? text,
    read(value, row, shown) {
      if (types.isRegExp(value)) return filterOf(value);
      if (typeof value === 'string') return { text: readText(value, row), expression: null };
      throw wrong(row, shown, 'is neither a text nor a regular expression');
    },
  },
  classLimit: { fromText: (text) => text, read: (value) => parseClassLimit(String(value)) },
};

/** A value in quotes. */
export function quote(value: unknown): string {
  return `"${typeof value === 'string' ? value : String(value).slice(0, 60)}"`;
}

function readChoice(value: unknown, row: Option): string {
  const { choices = [] } = row;
  const found = choices.find((name) => name === value);
  if (found !== undefined) return found;
  throw wrong(row, value, `is unknown; use one of ${choices.join(', ')}`);
}

function readText(text: string, { name, ifEmpty }: Option): string {
  if (text === '' && ifEmpty !== undefined) throw usage(say`${option(name)} is empty; ${ifEmpty}`);
  return text;
}

function toNumber(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function wrong({ name }: Option, value: unknown, what: Sentence) {
  return usage(say`${option(name)} ${quote(value)} ${what}`);
}
