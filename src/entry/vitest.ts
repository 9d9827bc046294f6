import { isCollected } from '../program/collect-garbage.js';
import {
  type CollectableOptions,
  findLeak,
  type Subject,
  toReference,
} from '../program/find-leak.js';

export type { CollectableOptions, Subject } from '../program/find-leak.js';

/** What test runners tell a matcher. */
export interface MatcherState {
  readonly isNot?: boolean;
  readonly currentTestName?: string | undefined;
}

/** What test runners want to know of a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * A matcher for vitest, and by `showbackref/jest` for jest: fails when an object does not go away.
 *
 *     expect.extend({ toBeCollectable });
 *
 *     test('a closed session is let go of', async () => {
 *       const reference = new WeakRef(openAndClose()); // no variable holds the object itself
 *       await expect(reference).toBeCollectable();
 *     });
 *
 * Takes what `assertCollectable` takes; its message tells what holds the object and names the picture.
 */
export async function toBeCollectable(
  this: MatcherState,
  received: unknown,
  options: CollectableOptions = {},
): Promise<MatcherResult> {
  const reference = await toReference(received as Subject, 'toBeCollectable');
  // nobody reads what holds an object that is meant to stay
  if (this.isNot === true) return { pass: await isCollected(reference), message: goneWords };
  const leak = await findLeak(reference, options, this.currentTestName ?? null);
  return { pass: leak === null, message: () => leak ?? goneWords() };
}

function goneWords(): string {
  return 'The object was expected to stay, and is collectable: nothing holds it.';
}

declare global {
  // vitest takes the matchers of jest's types for its own
  namespace jest {
    interface Matchers<R, T> {
      /** Fails when the object does not go away; see `showbackref/vitest`. */
      toBeCollectable(options?: CollectableOptions): Promise<R>;
    }
  }
}
