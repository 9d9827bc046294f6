import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { CI_FOLDER, ciFile, NO_CI_PACKAGES } from '../../support/ci-packages.js';
import { declareMissing } from '../../support/declare-missing.js';
import { decodePng } from '../../support/decode-png.js';
import { CHROMIUM, describeRuntime } from '../../support/runtimes.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** The machine may have other work. */
const TIMEOUT = 240_000;

let folder: string;

/** A project with our package and the runners in it. */
beforeEach(() => {
  folder = temporaryFolder();
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(resolve('.'), join(modules, 'showbackref'));
  for (const name of NO_CI_PACKAGES === null ? ['@playwright', 'playwright', 'jest'] : []) {
    symlinkSync(ciFile(name), join(modules, name));
  }
  cpSync(join(CI_FOLDER, 'runners'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});

function run(argv: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const { NODE_OPTIONS: _, ...own } = process.env;
  const env = { ...own, ...more, NO_COLOR: '1', VITEST: undefined, FORCE_COLOR: undefined };
  return new Promise<{ code: unknown; stdout: string }>((done) => {
    execFile(process.execPath, argv, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout) => {
      done({ code: error === null ? 0 : error.code, stdout });
    });
  });
}

function checkPicture(file: string): void {
  expect(decodePng(readFileSync(resolve(folder, file))).height).toBeGreaterThan(150);
}

test(
  'assertNoGrowth under node:test',
  async () => {
    const { code, stdout } = await run(['--test-reporter=tap', 'greet-node.mjs']);
    expect(code).toBe(1);
    expect(stdout.match(/^(?:not )?ok \d/gm)).toEqual(['not ok 1', 'ok 2']);
    expect(stdout).toMatch(
      /greetings \(Map of Greeting\).* grew in each of 3 rounds: 20 → 40 → 60/,
    );
    expect(stdout).toMatch(/└─ Map\["\*"\] x .*@\d+ /);
    expect(stdout).toContain('Picture: out/visits.png');
    checkPicture('out/visits.png');
  },
  TIMEOUT,
);

if (NO_CI_PACKAGES !== null) declareMissing('runners of tests', NO_CI_PACKAGES);
else {
  test(
    'toGrow under Jest',
    async () => {
      const argv = [ciFile('jest/bin/jest.js'), '--json', '--testMatch', '**/greet.test.cjs'];
      const { stdout } = await run(argv);
      const { testResults } = JSON.parse(stdout) as {
        testResults: { assertionResults: { status: string; failureMessages: string[] }[] }[];
      };
      const results = testResults.flatMap(({ assertionResults }) => assertionResults);
      expect(results.map(({ status }) => status)).toEqual(['failed', 'passed']);
      const message = results[0]?.failureMessages.join('\n');
      expect(message).toMatch(
        /greetings \(Map of Greeting\).* grew in each of 3 rounds: 20 → 40 → 60/,
      );
      expect(message).toMatch(/└─ Map\["\*"\] x .*@\d+ /);
      expect(message).toContain('Picture: out/growth-each-visit-is-kept.png');
      checkPicture('out/growth-each-visit-is-kept.png');
    },
    TIMEOUT,
  );

  describeRuntime(CHROMIUM, (execPath) => {
    describe('expectNoGrowth as a fixture of Playwright', () => {
      test(
        'fails for the page that leaks, with the picture as an attachment, and passes for the mended one',
        async () => {
          const argv = [ciFile('@playwright/test/cli.js'), 'test'];
          const { stdout } = await run(argv, { CHROMIUM: execPath });
          const { suites, errors } = JSON.parse(stdout) as PlaywrightReport;
          expect(errors).toEqual([]);
          const results = suites.flatMap(({ specs }) =>
            specs.flatMap(({ tests }) => tests.flatMap(({ results: each }) => each)),
          );
          expect(results.map(({ status }) => status)).toEqual(['failed', 'passed']);
          const [failed] = results;
          expect(failed?.error?.message).toMatch(
            /opened \(Array of Dialog\) grew in each of 3 rounds: 10 → 20 → 30/,
          );
          expect(failed?.error?.message).toMatch(/└─ \[\*\] x 3 ← Array @\d+/);
          const picture = failed?.attachments.find(({ name }) => name === 'Who holds what grew');
          expect(picture?.contentType).toBe('image/png');
          checkPicture(picture?.path ?? '');
        },
        TIMEOUT,
      );
    });
  });
}

interface PlaywrightReport {
  readonly errors: readonly unknown[];
  readonly suites: readonly {
    readonly specs: readonly {
      readonly tests: readonly {
        readonly results: readonly {
          readonly status: string;
          readonly error?: { readonly message: string };
          readonly attachments: readonly { name: string; contentType: string; path: string }[];
        }[];
      }[];
    }[];
  }[];
}
