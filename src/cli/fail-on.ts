import { formatBytes } from '../util/format-bytes.js';
import { parseRegExp } from '../util/parse-reg-exp.js';
import { usage } from './option-values.js';

/** A limit that a class must not exceed: so many objects, or so many bytes. */
export interface Limit {
  /** As it was typed. */
  readonly text: string;
  readonly matches: (className: string) => boolean;
  readonly most: number;
  readonly isSize: boolean;
}

/** What a class is measured by. */
export interface Measured {
  readonly name: string;
  readonly objects: number;
  readonly bytes: number;
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
};

/**
 * Reads `--fail-on`: a class (or /re/), `>`, and a number of objects or a size with its unit.
 *
 * @throws ShowBackrefError USAGE naming the value.
 */
export function parseLimit(text: string): Limit {
  const [, name, amount, unit = ''] = /^(.+)>\s*(\d+(?:\.\d+)?)\s*([a-z]*)$/is.exec(text) ?? [];
  const factor = unit === '' ? 1 : UNITS[unit.toLowerCase()];
  if (name === undefined || factor === undefined || name.trim() === '') {
    throw usage(
      `--fail-on "${text}" is no limit; give a class, ">" and a number, such as "Session>100" or "Buffer>50MB"`,
    );
  }
  const wanted = name.trim();
  const expression = parseRegExp(wanted);
  return {
    text,
    matches: (className) =>
      expression === null ? className === wanted : expression.test(className),
    most: Number(amount) * factor,
    isSize: unit !== '',
  };
}

/**
 * One sentence for each limit that is crossed; classes that fit one limit are added up, and a class
 * that is not there has nothing.
 *
 * @param words what the numbers are: `objects`, `new objects`.
 */
export function crossedLimits(
  limits: readonly Limit[],
  types: readonly Measured[],
  words: { readonly objects: string; readonly bytes: string },
): readonly string[] {
  return limits.flatMap(({ text, matches, most, isSize }) => {
    const found = types.filter(({ name }) => matches(name));
    const sum = found.reduce((total, { objects, bytes }) => total + (isSize ? bytes : objects), 0);
    if (sum <= most) return [];
    const amount = isSize ? `${formatBytes(sum)} ${words.bytes}` : `${sum} ${words.objects}`;
    return [`limit crossed: --fail-on "${text}", found ${amount}`];
  });
}
