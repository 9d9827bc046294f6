import { AssertionError } from 'node:assert';
import { asWork, findGrowingInPage, type GrowthGuardOptions } from '../program/growth-guard.js';
import { contentTypeOf } from '../report/ci/content-type.js';
import type { DriverClient } from '../source/inspector/driver-session.js';

export type { GrowthGuardOptions } from '../program/growth-guard.js';

/*
 * Nothing of Playwright is loaded here: what its fixtures and pages can do is all that is needed, so that
 * `@playwright/test`, `playwright` and `playwright-core` of any version will do.
 */

/** The part of Playwright's page that is needed. */
export interface DrivenPage {
  context(): { newCDPSession(page: never): Promise<DriverClient> };
}

/** The part of a running test of `@playwright/test` that is needed. */
export interface RunningTest {
  readonly title: string;
  readonly annotations: { type: string; description?: string }[];
  outputPath(...parts: string[]): string;
  attach(name: string, attachment: { path: string; contentType: string }): Promise<void>;
}

/** Options of a page: each round does the work 10 times where nothing else is said. */
export interface PageGrowthOptions extends GrowthGuardOptions {
  /** Gets the picture as an attachment. Default: nobody. */
  readonly test?: RunningTest;
}

/** The fixtures that `growthFixtures` adds to the arguments of a test. */
export interface GrowthFixtures {
  expectNoGrowth(work: () => unknown, options?: GrowthGuardOptions): Promise<void>;
}

const TIMES = 10;

/**
 * Fails when something in a page holds more and more while some work is done again and again. Chromium only:
 * in other browsers the work is done once, and a notice says so.
 *
 *     await expectNoGrowth(page, async () => {
 *       await page.getByText('Open').click();
 *       await page.getByText('Close').click();
 *     }, { rounds: 3 });
 *
 * Takes one heap snapshot a round over the DevTools protocol; the page stands still meanwhile.
 *
 * @returns rejects with an AssertionError whose message names the holder that grew, and the picture.
 */
export async function expectNoGrowth(
  page: DrivenPage,
  work: () => unknown,
  { test, ...options }: PageGrowthOptions = {},
): Promise<void> {
  const doWork = asWork(work, 'expectNoGrowth');
  const client = await connect(page);
  if (client === null) {
    await doWork();
    notice('Growth was not looked at: only Chromium gives out its heap.', test);
    return;
  }
  const name = test?.title ?? 'page';
  const out = options.out ?? test?.outputPath('growth.png');
  const asked = { times: TIMES, ...options, out };
  const found = await findGrowingInPage(client, doWork, { options: asked, name });
  if (found === null) return;
  for (const path of found.pictures) {
    const attachment = { path, contentType: contentTypeOf(path) };
    // that it cannot be attached does not hide the failure
    await test?.attach('Who holds what grew', attachment).catch(() => undefined);
  }
  throw new AssertionError({ message: found.message, operator: 'expectNoGrowth' });
}

/**
 * Fixtures for `test.extend` of `@playwright/test`; `base` is its `test`:
 *
 *     const test = base.extend<GrowthFixtures>(growthFixtures);
 *     test('the dialog is not kept', async ({ page, expectNoGrowth }) => {
 *       await page.goto('/');
 *       await expectNoGrowth(async () => { … }, { rounds: 3 });
 *     });
 */
export const growthFixtures = {
  expectNoGrowth: async (
    { page }: { page: DrivenPage },
    use: (check: GrowthFixtures['expectNoGrowth']) => Promise<void>,
    test: RunningTest,
  ): Promise<void> => {
    await use((work, options) => expectNoGrowth(page, work, { ...options, test }));
  },
};

/** Null for a browser that is not Chromium. */
async function connect(page: DrivenPage): Promise<DriverClient | null> {
  try {
    return await page.context().newCDPSession(page as never);
  } catch (error) {
    if (error instanceof Error && /chromium/i.test(error.message)) return null;
    throw error;
  }
}

function notice(words: string, test: RunningTest | undefined): void {
  if (test === undefined) process.emitWarning(words, 'ShowBackref');
  else test.annotations.push({ type: 'showbackref', description: words });
}
