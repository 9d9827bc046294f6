import { appendFileSync } from 'node:fs';

/**
 * Records what a test of reliability has done, for docs/reliability.md; does nothing in a usual
 * run. One line of JSON per call, since test files run in parallel.
 */
export function countResult(
  what: string,
  numbers: Readonly<Record<string, number | string>>,
): void {
  const file = process.env.RELIABILITY_RESULTS;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ what, numbers })}\n`);
}

/** The number of cases to run: `usual` in the test suite, `full` for `npm run test:reliability`. */
export function caseCount(usual: number, full: number): number {
  const share = Number(process.env.RELIABILITY_SHARE ?? 0);
  return share > 0 ? Math.max(usual, Math.ceil(full * share)) : usual;
}

/** Reports progress ten times in a full run; does nothing in a usual one. */
export function sayProgress(done: number, all: number): void {
  const isTold = process.env.RELIABILITY_RESULTS !== undefined;
  if (isTold && done > 0 && done % Math.ceil(all / 10) === 0) console.log(`${done} of ${all}`);
}
