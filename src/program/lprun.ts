import { type AnyFunction, type Measured, measureLines } from './measure-lines.js';

/**
 * Counts and times the lines of functions of this program while a statement runs.
 *
 *     const { text } = await lprun(() => primes(1000), [primes])
 *
 * @returns rejects with any error that the statement throws, and with a ShowBackrefError
 *   NOTHING_SELECTED for a value that is not a function written in JavaScript.
 */
export function lprun<T>(
  statement: () => T,
  functions: readonly AnyFunction[],
): Promise<Measured<Awaited<T>>> {
  return measureLines(statement, functions, 'time');
}
