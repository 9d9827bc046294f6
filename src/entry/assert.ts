import { AssertionError } from 'node:assert';
import {
  type CollectableOptions,
  findLeak,
  type Subject,
  toReference,
} from '../program/find-leak.js';

import { asWork, findGrowingHolder, type GrowthGuardOptions } from '../program/growth-guard.js';

export type { CollectableOptions, Subject } from '../program/find-leak.js';
export type { GrowthGuardOptions } from '../program/growth-guard.js';

/**
 * Fails when an object is not garbage collected: for `node:test` and any other test runner.
 *
 *     test('a closed session is let go of', async () => {
 *       await assertCollectable(() => {
 *         const session = openSession();
 *         session.close();
 *         return session;
 *       });
 *     });
 *
 * Collects garbage several times, letting the event loop turn in between. Works in every thread.
 *
 * @param subject a WeakRef to the object, or a function that makes the object and returns it or
 *   its WeakRef, also as a promise. Variables of the test itself must not hold the object.
 * @returns rejects with an AssertionError whose message shows what holds the object, from a GC
 *   root on, and names the picture; with a ShowBackrefError USAGE if the subject is neither of
 *   these.
 */
export async function assertCollectable(
  subject: Subject,
  options: CollectableOptions = {},
): Promise<void> {
  const reference = await toReference(subject, 'assertCollectable');
  const message = await findLeak(reference, options, null);
  if (message === null) return;
  throw new AssertionError({ message, operator: 'assertCollectable' });
}

/**
 * Fails when something holds more and more while some work is done again and again: for `node:test` and any
 * other test runner.
 *
 *     test('requests are not kept', { timeout: 60_000 }, async () => {
 *       await assertNoGrowth(() => handle(request), { rounds: 3 });
 *     });
 *
 * Does the work `times` times in each of `rounds` rounds and writes one heap snapshot after each; the program
 * stands still meanwhile, for about a second per 100 MB of heap. What is done in the first round does not count: it is the
 * warm-up that the others are compared with.
 *
 * @returns rejects with an AssertionError whose message names the holder that grew, with file and line and
 *   the way from a root to what is new, and names the picture; with a ShowBackrefError USAGE for wrong options.
 */
export async function assertNoGrowth(
  work: () => unknown,
  options: GrowthGuardOptions = {},
): Promise<void> {
  const found = await findGrowingHolder(asWork(work, 'assertNoGrowth'), options, null);
  if (found === null) return;
  throw new AssertionError({ message: found.message, operator: 'assertNoGrowth' });
}
