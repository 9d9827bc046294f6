import { type AnyFunction, type Measured, measureLines } from './measure-lines.js';

export interface MprunOptions {
  /** Collects garbage at each line, to show what stays alive. Takes milliseconds for each. */
  readonly live?: boolean;
}

/**
 * Measures how many bytes the lines of functions of this program allocate while a statement runs,
 * in the heap and outside of it (`Buffer`), or with `live` how many of them stay.
 *
 *     const { text } = await mprun(() => load('a.json'), [load])
 *
 * @returns rejects with any error that the statement throws, and with a ShowBackrefError
 *   NOTHING_SELECTED for a value that is not a function written in JavaScript.
 */
export function mprun<T>(
  statement: () => T,
  functions: readonly AnyFunction[],
  { live = false }: MprunOptions = {},
): Promise<Measured<Awaited<T>>> {
  return measureLines(statement, functions, live ? 'live memory' : 'memory');
}
