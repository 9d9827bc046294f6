/** The marks of an axis that starts at 0, and its end. */
export interface Axis {
  readonly end: number;
  readonly marks: readonly number[];
  /** The number of decimals that distinguish two marks. */
  readonly decimals: number;
}

const STEPS = [1, 2, 5, 10];

/**
 * An axis from 0 that has room for a value, with at most a given number of marks besides 0, at
 * round numbers.
 */
export function axisFor(most: number, marks: number): Axis {
  const least = (most > 0 ? most : 1) / marks;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * (STEPS.find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
  const count = Math.max(1, Math.ceil((most > 0 ? most : 1) / step - 1e-9));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    end: step * count,
    marks: Array.from({ length: count + 1 }, (_, at) => step * at),
    decimals,
  };
}

const UNITS = [
  ['B', 1],
  ['kB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
] as const;

/** The unit in which a number of bytes has few digits. */
export function unitOf(bytes: number): { readonly name: string; readonly bytes: number } {
  const [name, size] = UNITS.findLast(([, least]) => bytes >= least) ?? UNITS[0];
  return { name, bytes: size };
}
