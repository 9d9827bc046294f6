import { usage } from '../errors.js';
import { formatBytes } from '../util/format-bytes.js';
import { option, type Sentence, say } from '../util/sentence.js';
import { nearestNames } from './nearest-names.js';
import { isMatch, type Match, parseMatch } from './text-match.js';
import { parseSize } from './units.js';

/** A limit that a class must not exceed: a number of objects, or of bytes. Plain data. */
export interface ClassLimit {
  /** As it was typed. */
  readonly text: string;
  readonly className: Match;
  readonly most: number;
  readonly isSize: boolean;
}

/** The class that is measured. */
export interface MeasuredClass {
  readonly name: string;
  readonly objects: number;
  readonly bytes: number;
}

/** Names that are offered for one that is mistyped. */
const MOST_NEAREST = 3;

/**
 * Reads a class (or /re/), `>`, and a number of objects or a size with its unit.
 *
 * @throws ShowBackrefError USAGE naming the value.
 */
export function parseClassLimit(text: string): ClassLimit {
  const [, name = '', amount = ''] = /^(.+)>\s*(\d+(?:\.\d+)?\s*[a-z]*)$/is.exec(text) ?? [];
  const most = parseSize(amount);
  if (most === null || name.trim() === '') {
    throw usage(
      say`${option('failOn')} "${text}" is not a limit; give a class, ">" and a number, such as "Session>100" or "Buffer>50MB"`,
    );
  }
  return { text, className: parseMatch(name.trim()), most, isSize: /[a-z]$/i.test(amount) };
}

/** The limits of `--fail-on`, whose values are of another type for other commands. */
export function classLimits(values: readonly (ClassLimit | string)[]): readonly ClassLimit[] {
  return values.filter((value) => typeof value !== 'string');
}

/**
 * One sentence for each limit on a class that is in no heap: as a rule its name is mistyped.
 *
 * @param names all classes of the heaps.
 */
export function limitsOfNothing(
  limits: readonly ClassLimit[],
  names: ReadonlySet<string>,
): readonly Sentence[] {
  return limits.flatMap(({ text, className }) => {
    const isThere =
      typeof className === 'string'
        ? names.has(className)
        : [...names].some((name) => isMatch(className, name));
    if (isThere) return [];
    const near = typeof className === 'string' ? nearestNames(className, names, MOST_NEAREST) : [];
    const advice =
      near.length === 0
        ? ', so the limit cannot be crossed.'
        : `; did you mean ${near.map((name) => `"${name}"`).join(', ')}?`;
    return [say`${option('failOn')} "${text}" fits no class in the heap${advice}`];
  });
}

/** How a class or several come off by a limit. */
export interface LimitResult<T extends MeasuredClass = MeasuredClass> {
  /** The classes that fit it, as they came. */
  readonly found: readonly T[];
  /** Objects, or bytes. */
  readonly sum: number;
  /** The same in words: `120 objects`. */
  readonly amount: string;
  readonly isCrossed: boolean;
}

/** The units of the numbers: `object`, `more object`; `retained`. */
export interface LimitWords {
  readonly object: string;
  readonly bytes: string;
}

/** Classes that fit one limit are added up, and a class that is not there has nothing. */
export function measureLimit<T extends MeasuredClass>(
  { className, most, isSize }: ClassLimit,
  types: readonly T[],
  words: LimitWords,
): LimitResult<T> {
  const found = types.filter(({ name }) => isMatch(className, name));
  const sum = found.reduce((total, { objects, bytes }) => total + (isSize ? bytes : objects), 0);
  const amount = isSize
    ? `${formatBytes(sum)} ${words.bytes}`
    : `${sum} ${words.object}${sum === 1 ? '' : 's'}`;
  return { found, sum, amount, isCrossed: sum > most };
}

/** One sentence for each limit that is crossed. */
export function crossedLimits(
  limits: readonly ClassLimit[],
  types: readonly MeasuredClass[],
  words: LimitWords,
): readonly Sentence[] {
  return limits.flatMap((limit) => {
    const { amount, isCrossed } = measureLimit(limit, types, words);
    if (!isCrossed) return [];
    return [say`limit crossed: ${option('failOn')} "${limit.text}", found ${amount}`];
  });
}
