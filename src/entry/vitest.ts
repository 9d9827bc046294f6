import { isCollected } from '../program/collect-garbage.js';
import {
  type CollectableOptions,
  findLeak,
  type Subject,
  toReference,
} from '../program/find-leak.js';
import {
  asWork,
  type FoundGrowth,
  findGrowingHolder,
  type GrowthGuardOptions,
  steadyWords,
} from '../program/growth-guard.js';
import { contentTypeOf } from '../report/ci/content-type.js';

export type { CollectableOptions, Subject } from '../program/find-leak.js';
export type { GrowthGuardOptions } from '../program/growth-guard.js';

/** The state that test runners pass to a matcher. */
export interface MatcherState {
  readonly isNot?: boolean;
  readonly currentTestName?: string | undefined;
  /** The test, where vitest tells: from 4.1 on, and in concurrent tests by their own `expect`. */
  readonly task?: { readonly context?: AnnotatedContext };
}

/** The context that vitest gives to a test, from 3.2 on with a way to attach files to it. */
interface AnnotatedContext {
  readonly annotate?: (
    message: string,
    attachment: { readonly path: string; readonly contentType: string },
  ) => Promise<unknown>;
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

/**
 * A matcher for vitest, and by `showbackref/jest` for jest: passes when something holds more and more while
 * some work is done again and again, so it is used negated.
 *
 *     expect.extend({ toGrow });
 *
 *     test('requests are not kept', { timeout: 60_000 }, async () => {
 *       await expect(() => handle(request)).not.toGrow({ rounds: 3 });
 *     });
 *
 * Takes what `assertNoGrowth` takes, and takes as long. Vitest gets the picture of a failure as an attachment.
 */
export async function toGrow(
  this: MatcherState,
  received: unknown,
  options: GrowthGuardOptions = {},
): Promise<MatcherResult> {
  const work = asWork(received, 'toGrow');
  // nobody looks at the picture of growth that was expected
  const asked = this.isNot === true ? options : { ...options, out: false as const };
  const found = await findGrowingHolder(work, asked, this.currentTestName ?? null);
  if (found !== null) await attach(found, this);
  return { pass: found !== null, message: () => found?.message ?? steadyWords(options) };
}

/** As the runner shows pictures of failures; that it cannot does not hide the failure. */
async function attach({ pictures }: FoundGrowth, { task }: MatcherState): Promise<void> {
  const { context } = task ?? {};
  for (const path of pictures) {
    const attachment = { path, contentType: contentTypeOf(path) };
    await context?.annotate?.('Who holds what grew', attachment).catch(() => undefined);
  }
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
      /** Passes when something holds more after each round of the work; see `showbackref/vitest`. */
      toGrow(options?: GrowthGuardOptions): Promise<R>;
    }
  }
}
