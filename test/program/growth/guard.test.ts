import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { assertNoGrowth } from '../../../src/entry/assert.js';
import { expectNoGrowth, growthFixtures } from '../../../src/entry/playwright.js';
import { type MatcherState, toGrow } from '../../../src/entry/vitest.js';
import { checkSummary } from '../../support/check-output.js';
import { decodePng } from '../../support/decode-png.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Snapshots of a worker of Vitest take long where the machine has other work. */
vi.setConfig({ testTimeout: 240_000 });

class KeptByTheGuard {
  readonly text = `kept ${Math.random()}`;
}
const kept: KeptByTheGuard[] = [];
const leak = () => kept.push(new KeptByTheGuard());

test('toGrow names the holder, attaches its picture and adds it to the summary of a job', async () => {
  const folder = temporaryFolder();
  const [out, summary] = [join(folder, 'a.png'), join(folder, 'summary.md')];
  const annotate = vi.fn(async () => undefined);
  const state: MatcherState = { isNot: true, task: { context: { annotate } } };
  vi.stubEnv('SHOWBACKREF_SUMMARY', summary);
  const { pass, message } = await toGrow.call(state, leak, { rounds: 3, times: 25, out });
  vi.unstubAllEnvs();
  expect(pass).toBe(true);
  expect(message()).toMatch(
    /^kept \(Array of KeptByTheGuard\).* grew in each of 3 rounds: 25 → 50 → 75\.\n/,
  );
  expect(message()).toMatch(/It grew every time: a leak/);
  expect(message()).toMatch(/└─ \[\*\] x 3 ← Array @\d+/);
  expect(message()).toContain(`Picture: ${out}`);
  expect(decodePng(readFileSync(out)).height).toBeGreaterThan(150);
  expect(annotate.mock.calls).toEqual([
    ['Who holds what grew', { path: out, contentType: 'image/png' }],
  ]);
  const markdown = readFileSync(summary, 'utf8');
  expect(markdown).toContain('kept (Array of KeptByTheGuard)');
  checkSummary(markdown, markdown.match(/^###? /gm)?.length ?? 0);
});

test('two rounds are enough to fail, and expected growth is not drawn', async () => {
  const matched = await toGrow.call({}, leak, { rounds: 2, times: 25 });
  expect(matched.pass).toBe(true);
  expect(matched.message()).not.toContain('Picture');
});

test('anything but work, and a wrong number of rounds, is a usage error', async () => {
  await expect(assertNoGrowth(7 as never)).rejects.toThrow(
    'assertNoGrowth got "7"; give it a function that does the work',
  );
  expect.extend({ toGrow });
  await expect(expect(leak).not.toGrow({ rounds: 1 })).rejects.toThrow('rounds "1"');
});

/** As Playwright answers for other browsers. */
const FIREFOX = {
  context: () => ({
    newCDPSession: async () => {
      throw new Error('browserContext.newCDPSession: CDP session is only available in Chromium');
    },
  }),
};

test('in a browser that gives out no heap the work is done once, and a notice says so', async () => {
  const work = vi.fn();
  const running = {
    title: 'a test',
    annotations: [] as { type: string; description?: string }[],
    outputPath: () => '/nowhere/growth.png',
    attach: async () => undefined,
  };
  const use = async (check: (work: () => unknown) => Promise<void>) => check(work);
  await growthFixtures.expectNoGrowth({ page: FIREFOX }, use, running);
  expect(work).toHaveBeenCalledTimes(1);
  expect(running.annotations).toEqual([
    {
      type: 'showbackref',
      description: 'Growth was not looked at: only Chromium gives out its heap.',
    },
  ]);
});

test('a page that cannot be reached is said', async () => {
  const context = () => ({ newCDPSession: () => Promise.reject(new Error('page is closed')) });
  await expect(expectNoGrowth({ context }, leak)).rejects.toThrow('page is closed');
});
