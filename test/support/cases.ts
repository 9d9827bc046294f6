/**
 * The only place that decides how much generated work a test does: everything in `npm run
 * test:all`, which sets TEST_CASES=all, and a sample of it in `npm test`.
 */
export const ALL_CASES = process.env.TEST_CASES === 'all';

/** The number of cases to run: `all` of them, or in `npm test` `few`, a tenth by default. */
export function caseCount(all: number, few = Math.ceil(all / 10)): number {
  return ALL_CASES ? all : few;
}

/** Seeds of generated cases: 1 to `caseCount(all, few)`. */
export function seeds(all: number, few?: number): readonly number[] {
  return Array.from({ length: caseCount(all, few) }, (_, index) => index + 1);
}

/** All of a list, or in `npm test` only the named ones. */
export function sampleOf<T>(all: readonly T[], few: readonly NoInfer<T>[]): readonly T[] {
  return ALL_CASES ? all : all.filter((item) => few.includes(item));
}

/** The step through many things to check: `step`, or in `npm test` ten times that. */
export function caseStep(step: number): number {
  return ALL_CASES ? step : step * 10;
}
