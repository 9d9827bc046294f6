import type { LineProfile } from '../profile/line-profile.js';

/** What a measured statement came to. */
export interface Measured<T> {
  readonly value: T;
  readonly profile: LineProfile;
  /** The table as it is printed. */
  readonly text: string;
}

/** A function to measure, whatever it takes. */
export type AnyFunction = (...given: never[]) => unknown;

/**
 * Counts and times the lines of functions of this program while a statement runs.
 *
 *     const { text } = await lprun(() => primes(1000), [primes])
 *
 * @returns rejects with what the statement throws, and with a ShowBackrefError NOTHING_SELECTED for what
 *   is no function written in JavaScript.
 */
export async function lprun<T>(
  statement: () => T,
  functions: readonly AnyFunction[],
): Promise<Measured<Awaited<T>>> {
  const { profileCall } = await import('../profile/profile-call.js');
  const { toLineReport } = await import('../line-report/line-report.js');
  const { DEFAULT_UNIT } = await import('../line-report/line-table.js');
  const { toText } = await import('../line-report/to-text.js');
  const targets = functions.map((target) => ({ target, name: target.name }));
  const { value, profile, failure } = await profileCall(statement, targets);
  if (failure !== null) throw failure.error;
  const text = toText(toLineReport(profile, { unit: DEFAULT_UNIT, stripZeros: false }));
  return { value: value as Awaited<T>, profile, text };
}
