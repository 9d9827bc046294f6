import { checkClassName } from '../question/class-name.js';
import type { TypesOptions } from '../question/generated-option-types.js';
import type { TypeStats } from '../stats/type-stats.js';
import { askProgram } from './ask-program.js';
import { readTypesOptions, type ShowTypesOptions } from './call-options.js';
import { pickTypes, printTypes } from './print-classes.js';

/**
 * Returns the classes of which the running program has most objects, as Chrome DevTools names and
 * counts them.
 *
 *     await mostCommonTypes({ limit: 3 }) // [{ name: 'Session', count: 20000, shallowSize, retainedSize, … }, …]
 *
 * @returns sizes in bytes. Rejects with a ShowBackrefError: USAGE for wrong options, SOURCE_*
 *   when this program cannot be looked at.
 */
export async function mostCommonTypes(options: TypesOptions = {}): Promise<readonly TypeStats[]> {
  const values = readTypesOptions(options, { prints: false });
  return pickTypes(await askTypes('mostCommonTypes', options), values);
}

/**
 * Prints the answer of `mostCommonTypes` as a table, to standard output or where the options say,
 * and returns it. Rejects with OUTPUT_FAILED, too.
 */
export async function showMostCommonTypes(
  options: ShowTypesOptions = {},
): Promise<readonly TypeStats[]> {
  const values = readTypesOptions(options, { prints: true });
  return printTypes(await askTypes('showMostCommonTypes', options), values, options.file);
}

/** Returns the number of objects of each class by its name, including the engine's own classes. */
export async function typestats(): Promise<Readonly<Record<string, number>>> {
  return askCounts('typestats');
}

/**
 * Returns the number of objects of a class; 0 for an unknown one.
 *
 *     await count('Session')
 *
 * @param name as in `typestats`. Rejects with a ShowBackrefError USAGE for a value that is not a
 *   name.
 */
export async function count(name: string): Promise<number> {
  checkClassName(name, 'count');
  const counts = new Map(Object.entries(await askCounts('count')));
  return counts.get(name) ?? 0;
}

/** All classes of the running program. */
export function askTypes(
  name: string,
  { quiet = false }: Pick<TypesOptions, 'quiet'>,
): Promise<readonly TypeStats[]> {
  return askProgram([], { kind: 'types' }, { name, quiet });
}

function askCounts(name: string) {
  return askProgram([], { kind: 'counts' }, { name, quiet: false });
}
