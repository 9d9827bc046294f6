/**
 * The one place that decides how much generated work a test does: everything in `npm run test:all`,
 * which sets TEST_CASES=all, and a sample of it in the loop of a contributor (`npm test`).
 */
export const ALL_CASES = process.env.TEST_CASES === 'all';

/** How many cases to run: `all` of them, or in the loop `few`, a tenth unless said otherwise. */
export function caseCount(all: number, few = Math.ceil(all / 10)): number {
  return ALL_CASES ? all : few;
}

/** Seeds of generated cases: 1 to `caseCount(all, few)`. */
export function seeds(all: number, few?: number): readonly number[] {
  return Array.from({ length: caseCount(all, few) }, (_, index) => index + 1);
}

/** All of a list, or in the loop those that are named. */
export function sampleOf<T>(all: readonly T[], few: readonly NoInfer<T>[]): readonly T[] {
  return ALL_CASES ? all : all.filter((item) => few.includes(item));
}

/** Every how many-th of many things to look at: `step`, or in the loop ten times that. */
export function caseStep(step: number): number {
  return ALL_CASES ? step : step * 10;
}
