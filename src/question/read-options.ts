import { usage } from '../errors.js';
import { option, quote, say } from '../util/sentence.js';
import { KINDS, type KindReader } from './kinds.js';
import type { Option } from './option.js';
import { OPTIONS, type OptionValues } from './options.js';

/**
 * The values given for each option, by its name: texts if it was typed, else values of any type.
 */
export type GivenOptions = ReadonlyMap<string, readonly unknown[]>;

/**
 * Reads options that were typed at a shell or at a prompt.
 *
 * @param options the allowed options; those not given have their default values.
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function readTyped(options: readonly Option[], given: GivenOptions): OptionValues {
  return readWith(options, given, (value, row) => {
    const { fromText = (text) => text }: KindReader = KINDS[row.kind];
    return readValue(typeof value === 'string' ? fromText(value) : value, row, value);
  });
}

/**
 * Reads options that a program gives as an object.
 *
 * @param options the allowed options; those not given have their default values.
 * @param others further names that the object may have.
 * @throws ShowBackrefError USAGE naming the option and its value.
 */
export function readObject(
  options: readonly Option[],
  object: unknown,
  others: readonly string[] = [],
): OptionValues {
  if (typeof object !== 'object' || object === null) {
    throw usage(`options are ${quote(object)}; give an object such as { out: 'backrefs.png' }`);
  }
  const known = [...options.map(({ name }) => name), ...others];
  const unknown = Object.keys(object).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw usage(`option ${quote(unknown)} is unknown; use one of ${known.join(', ')}`);
  }
  const given = new Map<string, readonly unknown[]>();
  for (const [name, value] of Object.entries(object)) {
    if (value !== undefined) given.set(name, Array.isArray(value) ? value : [value]);
  }
  return readWith(options, given, (value, row) => readValue(value, row, null));
}

/** The default value of every option. */
export function defaultValues(options: readonly Option[] = []): OptionValues {
  return readWith(options, new Map(), () => null);
}

function readWith(
  options: readonly Option[],
  given: GivenOptions,
  read: (value: unknown, row: Option) => unknown,
): OptionValues {
  const values: Record<string, unknown> = {};
  const all: readonly Option[] = OPTIONS;
  for (const row of [...all].reverse()) values[row.name] = fallbackOf(row);
  for (const row of options) {
    const [...found] = given.get(row.name) ?? [];
    if (found.length === 0) values[row.name] = fallbackOf(row);
    else if (row.many) values[row.name] = found.map((value) => read(value, row));
    else values[row.name] = read(onlyOf(found, row), row);
  }
  // complete because the loop covers the table; the types are right because of KINDS
  return values as unknown as OptionValues;
}

/** Reads one value. @param typed the text that was typed for it; null in a program. */
function readValue(value: unknown, row: Option, typed: unknown): unknown {
  const { read, refusal = () => 'is wrong' }: KindReader = KINDS[row.kind];
  if (value === '' && row.ifEmpty !== undefined) {
    throw usage(say`${option(row.name)} is empty; ${row.ifEmpty}`);
  }
  const found = read(value, row);
  if (found !== null) return found;
  throw usage(say`${option(row.name)} ${quote(typed ?? value)} ${refusal(row, typed)}`);
}

/** The only value of an option. A switch may be given again: the last one counts. */
function onlyOf(found: readonly unknown[], { name, kind }: Option): unknown {
  if (found.length === 1 || kind === 'switch') return found.at(-1);
  throw usage(say`${option(name)} is given ${found.length} times; give it once`);
}

function fallbackOf({ many, kind, fallback }: Option): unknown {
  if (many) return [];
  return fallback ?? (kind === 'switch' ? false : null);
}
