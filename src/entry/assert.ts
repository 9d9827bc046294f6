import { AssertionError } from 'node:assert';
import {
  type CollectableOptions,
  findLeak,
  type Subject,
  toReference,
} from '../program/find-leak.js';

export type { CollectableOptions, Subject } from '../program/find-leak.js';

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
