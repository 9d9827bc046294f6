import { isCollected } from '../program/collect-garbage.js';
import {
  type CollectableOptions,
  findLeak,
  type Subject,
  toReference,
} from '../program/find-leak.js';

export type { CollectableOptions, Subject } from '../program/find-leak.js';

/** The state that test runners pass to a matcher. */
export interface MatcherState {
  readonly isNot?: boolean;
  readonly currentTestName?: string | undefined;
}

/** The result that test runners expect of a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * A matcher for vitest, and for jest through `showbackref/jest`: fails when an object is not
 * garbage collected.
 *
 *     expect.extend({ toBeCollectable });
 *
 *     test('a closed session is let go of', async () => {
 *       const reference = new WeakRef(openAndClose()); // no variable holds the object itself
 *       await expect(reference).toBeCollectable();
 *     });
 *
 * Takes the same subjects as `assertCollectable`; its message shows what holds the object and names
 * the picture.
 */
export async function toBeCollectable(
  this: MatcherState,
  received: unknown,
  options: CollectableOptions = {},
): Promise<MatcherResult> {
  const reference = await toReference(received as Subject, 'toBeCollectable');
  // no need to find out what holds an object that is meant to stay
  if (this.isNot === true) return { pass: await isCollected(reference), message: goneWords };
  const leak = await findLeak(reference, options, this.currentTestName ?? null);
  return { pass: leak === null, message: () => leak ?? goneWords() };
}

function goneWords(): string {
  return 'expected the object to stay alive, but nothing holds it: it is collectable';
}

declare global {
  // vitest also takes jest's matcher types
  namespace jest {
    interface Matchers<R, T> {
      /** Fails when the object does not go away; see `showbackref/vitest`. */
      toBeCollectable(options?: CollectableOptions): Promise<R>;
    }
  }
}
