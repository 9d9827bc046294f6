import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsOf } from '../../docs/read-blocks.js';
import { checkSummary } from '../../support/check-output.js';
import { CI_FOLDER, NO_CI_PACKAGES, readYaml, sarifChecker } from '../../support/ci-packages.js';
import { declareMissing } from '../../support/declare-missing.js';
import { decodePng } from '../../support/decode-png.js';
import { readAction, runAction } from '../../support/run-action.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** The machine may have other work. */
const TIMEOUT = 240_000;
const HOLDER = 'greetings (Map of Greeting)';

interface Ran {
  readonly code: number;
  readonly text: string;
}

/** A copy of examples/ci with what it has installed; mended as its own comment says. */
function example({ isMended }: { readonly isMended: boolean }): string {
  const folder = join(temporaryFolder(), 'greetings');
  cpSync(resolve('examples/ci'), folder, { recursive: true });
  mkdirSync(join(folder, '.git'));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(resolve('.'), join(folder, 'node_modules/showbackref'));
  symlinkSync(realpathSync('node_modules/vitest'), join(folder, 'node_modules/vitest'));
  for (const [name, file] of [
    ['showbackref', 'showbackref/bin/showbackref.js'],
    ['vitest', 'vitest/vitest.mjs'],
  ] as const) {
    symlinkSync(`../${file}`, join(folder, 'node_modules/.bin', name));
  }
  if (isMended) mend(folder);
  return folder;
}

function mend(folder: string): void {
  const file = join(folder, 'src/greet.js');
  const leaking = readFileSync(file, 'utf8');
  expect(leaking).toContain('Mended: visit.name\n');
  writeFileSync(file, leaking.replace('JSON.stringify(visit)', 'visit.name'));
}

function npmRun(folder: string, script: string, ...more: readonly string[]): Promise<Ran> {
  const argv = ['run', '--silent', script, ...(more.length === 0 ? [] : ['--', ...more])];
  return start(['npm', ...argv], folder);
}

function shell(line: string, folder: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return start(['bash', '-c', line], folder, env);
}

function start(
  [program = '', ...argv]: readonly string[],
  cwd: string,
  more: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  const { NODE_OPTIONS: _, ...own } = process.env;
  const env = { ...own, VITEST: undefined, NO_COLOR: '1', FORCE_COLOR: undefined, ...more };
  return new Promise((done) => {
    execFile(program, argv, { cwd, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
    });
  });
}

describe('examples/ci', () => {
  test(
    'the matcher fails with the holder, and passes once it is mended',
    async () => {
      const folder = example({ isMended: false });
      const leaking = await npmRun(folder, 'test');
      expect(leaking.code).toBe(1);
      expect(leaking.text).toContain(`${HOLDER} · greet.js`);
      expect(leaking.text).toContain('grew in each of 3 rounds: 20 → 40 → 60');
      const picture = 'out/growth-visits-are-not-kept.png';
      expect(leaking.text).toContain(`Picture: ${picture}`);
      expect(decodePng(readFileSync(join(folder, picture))).height).toBeGreaterThan(150);
      // what Vitest makes of the annotation
      expect(existsSync(join(folder, '.vitest-attachments'))).toBe(true);
      mend(folder);
      const mended = await npmRun(folder, 'test');
      expect(mended.code, mended.text).toBe(0);
    },
    TIMEOUT,
  );

  test(
    'the accept list and SARIF fail with the holder, and pass once it is mended',
    async () => {
      const folder = example({ isMended: false });
      await npmRun(folder, 'snapshots');
      const leaking = await npmRun(folder, 'leaks', '--out', 'out/leaks.sarif', '--out', '-');
      expect(leaking.code).toBe(3);
      expect(leaking.text.replaceAll(/\s+/g, ' ')).toContain(HOLDER);
      const sarif = readFileSync(join(folder, 'out/leaks.sarif'), 'utf8');
      const [result] = JSON.parse(sarif).runs[0].results;
      expect(result.level).toBe('error');
      expect(result.message.text).toContain(HOLDER);
      const [{ physicalLocation }] = result.locations;
      expect(physicalLocation.artifactLocation.uri).toBe('src/greet.js');
      const line = readFileSync(join(folder, 'src/greet.js'), 'utf8').split('\n');
      expect(line[physicalLocation.region.startLine - 1]).toBe('const greetings = new Map();');
      if (NO_CI_PACKAGES === null) expect(sarifChecker()(sarif)).toEqual([]);

      const listed = await npmRun(folder, 'leaks', '--update-accept');
      expect(listed.code).toBe(0);
      const list = readFileSync(join(folder, 'leaks.json'), 'utf8');
      expect(JSON.parse(list)).toMatchObject([{ holder: `${HOLDER} · greet.js`, reason: '' }]);
      const unexplained = await npmRun(folder, 'leaks');
      expect(unexplained.code).toBe(3);
      expect(unexplained.text).toContain('has no reason: write why it is accepted');
      writeFileSync(
        join(folder, 'leaks.json'),
        list.replace('"reason": ""', '"reason": "gone with the next release"'),
      );
      const accepted = await npmRun(folder, 'leaks', '--out', 'out/leaks.sarif', '--out', '-');
      expect(accepted.code, accepted.text).toBe(0);
      expect(readFileSync(join(folder, 'out/leaks.sarif'), 'utf8')).toContain(
        '"justification": "gone with the next release"',
      );

      mend(folder);
      await npmRun(folder, 'snapshots');
      const mended = await npmRun(folder, 'leaks', '--out', 'out/leaks.sarif', '--out', '-');
      expect(mended.code, mended.text).toBe(0);
      expect(mended.text).toContain('Remove its row from leaks.json.');
      const none = JSON.parse(readFileSync(join(folder, 'out/leaks.sarif'), 'utf8'));
      expect(none.runs[0].results).toEqual([]);
    },
    TIMEOUT,
  );

  test(
    'every command of docs/ci.md ends as the page says',
    async () => {
      const folder = example({ isMended: false });
      await npmRun(folder, 'snapshots');
      const lines = commandsOf('docs/ci.md');
      expect(lines.length).toBeGreaterThan(3);
      const summary = join(folder, 'summary.md');
      for (const line of lines) {
        const { code, text } = await shell(line, folder, { GITHUB_STEP_SUMMARY: summary });
        expect([line, code], text).toEqual([line, /\bleaks\b/.test(line) ? 3 : 0]);
      }
      expect(readFileSync(summary, 'utf8')).toContain(HOLDER);
      for (const file of ['leaks.sarif', 'leaks.xml', 'leak.png', 'growth.xml', 'types.sarif']) {
        expect(existsSync(join(folder, file)), file).toBe(true);
      }
    },
    TIMEOUT,
  );

  if (NO_CI_PACKAGES !== null) {
    declareMissing('the steps of the action', NO_CI_PACKAGES);
    return;
  }

  test(
    'the steps of the action fail with the holder, and pass once it is mended',
    async () => {
      const folder = example({ isMended: false });
      const inputs = workflowInputs();
      const leaking = await runAction(inputs, folder);
      expect(leaking.code, leaking.log).toBe(3);
      expect(leaking.outputs['exit-code']).toBe('3');
      expect(leaking.summary).toContain(`leak: ${HOLDER} · greet.js at \`src/greet.js:7\``);
      expect(leaking.summary).toContain('```mermaid\nflowchart TB\n');
      expect(leaking.summary).toContain('in the artifact `showbackref` of this run');
      checkSummary(leaking.summary, 2);
      const files = leaking.upload?.path?.split('\n') ?? [];
      expect(files.map((file) => file.replace(/.*\//, ''))).toEqual([
        'leak.png',
        'leaks.sarif',
        'leaks.xml',
      ]);
      expect(decodePng(readFileSync(leaking.outputs.picture ?? '')).height).toBeGreaterThan(150);
      expect(sarifChecker()(readFileSync(leaking.outputs.sarif ?? '', 'utf8'))).toEqual([]);

      mend(folder);
      const mended = await runAction(inputs, folder);
      expect(mended.code, mended.log).toBe(0);
      expect(mended.outputs).toMatchObject({ 'exit-code': '0', picture: '' });
      expect(mended.summary).toContain('No suspect: nothing grew at each of 3 moments.');
    },
    TIMEOUT,
  );

  test(
    'a command whose test fails gives the picture and the summary of the test',
    async () => {
      const folder = example({ isMended: false });
      const { code, outputs, summary, upload } = await runAction({ command: 'npm test' }, folder);
      expect([code, outputs['exit-code'], outputs.sarif]).toEqual([1, '1', '']);
      expect(summary).toContain(HOLDER);
      expect(summary).toContain('The command ended with exit code 1.');
      expect(outputs.picture).toBe(join(folder, 'out/growth-visits-are-not-kept.png'));
      expect(upload?.path).toBe(outputs.picture);
    },
    TIMEOUT,
  );
});

/** The inputs of the action in the workflow of the example. */
function workflowInputs(): Readonly<Record<string, string>> {
  const file = join(CI_FOLDER, '../../../examples/ci/.github/workflows/memory.yml');
  return inputsIn(readFileSync(file, 'utf8'));
}

function inputsIn(text: string): Readonly<Record<string, string>> {
  const workflow = readYaml(text) as {
    readonly jobs: {
      readonly leaks: {
        readonly steps: readonly { readonly id?: string; readonly with?: Record<string, string> }[];
      };
    };
  };
  const step = workflow.jobs.leaks.steps.find(({ id }) => id === 'leaks');
  return step?.with ?? {};
}

if (NO_CI_PACKAGES === null) {
  describe('docs/ci.md', () => {
    const page = readFileSync(resolve('docs/ci.md'), 'utf8');

    test('has the test and the workflow of the example', () => {
      const [, code = ''] = /^```js\n(.*?)^```$/ms.exec(page) ?? [];
      const [, workflow = ''] = /^```yaml\n(.*?)^```$/ms.exec(page) ?? [];
      const own = readFileSync(resolve('examples/ci/test/greet.test.js'), 'utf8');
      const words = (text: string) => text.replaceAll(/\/\/.*|\s+/g, '');
      expect(words(code)).toBe(words(own));
      expect(inputsIn(workflow)).toEqual(workflowInputs());
    });

    test('names the inputs and outputs that the action has', () => {
      const { inputs, outputs } = readAction();
      for (const name of [...Object.keys(inputs), ...Object.keys(outputs)]) {
        expect(page).toContain(`\`${name}\``);
      }
    });
  });

  describe('inputs of the action', () => {
    test('no expression stands in a script', () => {
      const scripts = readAction().runs.steps.flatMap(({ run }) => run ?? []);
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
    });

    test('do not become scripts, options or outputs', async () => {
      const folder = temporaryFolder();
      const hostile = [
        '$(touch pwned)',
        '"; touch pwned; "',
        '`touch pwned`',
        '--out=pwned',
        'x\nexit-code=0\nexit-code<<end\n0\nend',
      ];
      for (const text of hostile) {
        const inputs = {
          snapshots: text,
          accept: text,
          'fail-on': text,
          artifact: text,
          pictures: text,
        };
        const { code, outputs, log } = await runAction({ ...inputs, version: text }, folder);
        expect([code, outputs['exit-code']], log).toEqual([2, '2']);
        expect(existsSync(join(folder, 'pwned'))).toBe(false);
      }
    });

    test('a wrong version is not handed to npm, and nothing to do is said', async () => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, '1.heapsnapshot'), '{}');
      const version = 'file:../evil';
      const odd = await runAction({ snapshots: '*.heapsnapshot', version }, folder);
      expect([odd.code, odd.log]).toEqual([2, expect.stringContaining('is not a version')]);
      const none = await runAction({}, folder);
      expect([none.code, none.log]).toEqual([2, expect.stringContaining('nothing to do')]);
    });

    test('text of a heap in the log is not a command for the runner', async () => {
      const folder = example({ isMended: true });
      writeFileSync(join(folder, '1.heapsnapshot'), '{}');
      const { log, code } = await runAction({ snapshots: '1.heapsnapshot' }, folder);
      expect(code).toBe(1);
      const [, token = ''] = /^::stop-commands::(.+)$/m.exec(log) ?? [];
      expect(log).toMatch(new RegExp(`^::${token}::$`, 'm'));
    });
  });
}
