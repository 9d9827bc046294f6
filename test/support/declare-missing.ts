import { expect, test } from 'vitest';

/**
 * Declares a test that cannot run on this machine: reported as skipped, with the reason; where `CI` is
 * `true` it fails, so that nothing goes untested unnoticed.
 */
export function declareMissing(name: string, reason: string): void {
  if (process.env.CI === 'true') test(name, () => expect.fail(reason));
  else test.skip(`${name}: ${reason}`, () => undefined);
}
