import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, startBrowser, untilTitled } from '../support/browser.js';
import { CHROMIUM, describeRuntime } from '../support/runtimes.js';
import { DocsStage } from './docs-stage.js';
import { blocksOf, commandsOf } from './read-blocks.js';

/*
 * Runs every command that the documentation shows. Other tests check the output; here none may
 * fail. The commands of docs/leaks.md, docs/gallery.md and docs/compare.md have tests that compare
 * their output, and those of docs/ci.md, some of which are to fail, are run by test/e2e/ci/example.test.ts.
 */

const PAGES = [
  'README.md',
  'docs/asking.md',
  'docs/line-profiling.md',
  'docs/live.md',
  'docs/repl.md',
  'docs/templates.md',
];
/** Installing, and running all tests, including this one. */
const NOT_RUN = /^npm (?:ci|install) /;
const BROWSER = '127.0.0.1:9222';
const MOST_MS = 300_000;

const stage = new DocsStage();

beforeAll(() => stage.fill(), MOST_MS);
afterAll(() => stage.remove());

/** Each line once, with the first page that shows it. */
const pageOfLine = new Map<string, string>();
for (const page of PAGES) {
  for (const line of commandsOf(page)) {
    if (!NOT_RUN.test(line) && !pageOfLine.has(line)) pageOfLine.set(line, page);
  }
}
const lines = [...pageOfLine].map(([line, page]) => ({ page, line }));

async function expectAnswer(line: string): Promise<void> {
  const { code, output } = await stage.run(line);
  expect(code, output).toBe(0);
}

/** The program of README's first command, and one for vitest: test/e2e/seed.test.ts and test/program run these. */
const OTHER_PROGRAM = /^debugger;$|showbackref\/vitest/m;
const programs = ['README.md', 'docs/objgraph.md'].flatMap((page) =>
  blocksOf(page, 'js')
    .filter((code) => !OTHER_PROGRAM.test(code))
    .map((code) => ({
      page,
      code,
      start: code.split('\n').find((line) => !/^(?:import|\/\/|$)/.test(line)),
    })),
);

describe('programs that the documentation shows', () => {
  test.each(programs)(
    '$page: $start',
    async ({ code }) => {
      const { code: exitCode, output } = await stage.runProgram(code);
      expect(exitCode, output).toBe(0);
    },
    MOST_MS,
  );
});

describe('commands that the documentation shows', () => {
  test.each(lines.filter(({ line }) => !line.includes(BROWSER)))(
    '$page: $line',
    ({ line }) => expectAnswer(line),
    MOST_MS,
  );

  describeRuntime(CHROMIUM, (execPath) => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await startBrowser(execPath, pathToFileURL(stage.path('shop.html')).href);
      await untilTitled(browser.port, 'shop');
    }, MOST_MS);
    afterAll(() => browser.stop());

    test.each(lines.filter(({ line }) => line.includes(BROWSER)))(
      '$page: $line',
      ({ line }) => expectAnswer(line.replaceAll(BROWSER, `127.0.0.1:${browser.port}`)),
      MOST_MS,
    );
  });
});
