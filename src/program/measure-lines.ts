import type { Measure } from '../lines/meter/measure.js';
import type { LineProfile } from '../lines/run/line-profile.js';

/** The result of a measured statement. */
export interface Measured<T> {
  readonly value: T;
  readonly profile: LineProfile;
  /** The table as it is printed. */
  readonly text: string;
}

/** A function of the program whose lines are measured. */
export type AnyFunction = (...given: never[]) => unknown;

/**
 * Measures lines while a statement runs. @returns rejects with any error that the statement throws.
 */
export async function measureLines<T>(
  statement: () => T,
  functions: readonly AnyFunction[],
  measure: Measure,
): Promise<Measured<Awaited<T>>> {
  const { profileCall } = await import('../lines/run/profile-call.js');
  const { toLineReport } = await import('../lines/report/line-report.js');
  const { DEFAULT_UNIT } = await import('../lines/report/line-table.js');
  const { toLineText } = await import('../lines/report/to-line-text.js');
  const targets = functions.map((target) => ({ target, name: target.name }));
  const { value, profile, failure } = await profileCall(statement, targets, { measure });
  if (failure !== null) throw failure.error;
  const text = toLineText(toLineReport(profile, { unit: DEFAULT_UNIT, stripZeros: false }));
  return { value: value as Awaited<T>, profile, text };
}
