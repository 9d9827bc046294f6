import { type CutRule, parseCut } from '../collect/parse-cut.js';
import { type Pattern, parsePattern } from '../collect/walk/patterns.js';
import { ShowBackrefError } from '../errors.js';
import { parseRegExp } from '../util/parse-reg-exp.js';

export function patternsOf(texts: readonly string[] | undefined): readonly Pattern[] {
  return (texts ?? []).map(parsePattern);
}

export function cutsOf(texts: readonly string[] | undefined): readonly CutRule[] {
  return (texts ?? []).map(parseCut);
}

export function countOf(
  option: string,
  value: string | readonly string[] | undefined,
  least: number,
): number | undefined {
  const text = single(option, value);
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < least) {
    throw usage(`${option} "${text}" is not a whole number from ${least} up`);
  }
  return number;
}

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** A number of bytes: `800MB`, `1.5 GiB`, `2000000000`. */
export function sizeOf(
  option: string,
  value: string | readonly string[] | undefined,
): number | undefined {
  const text = single(option, value);
  if (text === undefined) return undefined;
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = BYTES[unit.toLowerCase()];
  if (number === undefined || factor === undefined) {
    throw usage(`${option} "${text}" is not a size; write it like 800MB or 4GB`);
  }
  return Number(number) * factor;
}

export function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  allowed: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  const found = allowed.find((name) => name === value);
  if (found === undefined)
    throw usage(`${option} "${value}" is unknown; use one of ${allowed.join(', ')}`);
  return found;
}

/** A part of the text in any letter case, or `/re/`. */
export function textFilterOf(text: string): (candidate: string) => boolean {
  const expression = parseRegExp(text);
  const part = text.toLowerCase();
  return (candidate) =>
    expression === null ? candidate.toLowerCase().includes(part) : expression.test(candidate);
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** `5s`, `500ms`, `2m` in milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  return amount === undefined ? null : Number(amount) * (UNIT_MS[unit ?? ''] ?? 1);
}

/** yargs makes a list of an option given twice. */
export function single(
  option: string,
  value: string | readonly string[] | undefined,
): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw usage(`${option} is given ${value.length} times; give it once`);
}

export function defined<T extends object>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

export function usage(message: string): ShowBackrefError {
  return new ShowBackrefError('USAGE', message);
}
