import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('a mistyped word is reported with what was probably meant', () => {
  test.each<[readonly string[], string]>([
    [
      ['typs', 'a.heapsnapshot'],
      '"typs" is neither a command nor a file here; did you mean types?',
    ],
    [['growht', 'a', 'b'], '"growht" is neither a command nor a file here; did you mean growth?'],
    [
      ['a.heapsnapshot', '--targt', 'x'],
      '--targt is not an option of backrefs; did you mean --target?; see showbackref backrefs --help',
    ],
    [
      ['refs', 'a', '--depht', '3', '-Z'],
      '--depht is not an option of refs; did you mean --depth?; -Z is not an option of refs; see showbackref refs --help',
    ],
    [
      ['types', 'a', '--target', 'x'],
      '--target is not an option of types; see showbackref types --help',
    ],
  ])('%j', async (argv, sentence) => {
    const { code, stdout, stderr } = await runCli(argv, { cwd: temporaryFolder() });
    expect([code, stdout, stderr]).toEqual([2, '', `showbackref: ${sentence}\n`]);
  });

  test.each([
    ['4711', 'pid:4711'],
    ['localhost', 'localhost:9229'],
    ['127.0.0.1', '127.0.0.1:9229'],
  ])('the source %s', async (source, meant) => {
    const asked = await runCli([source, '--target', 'x'], { cwd: temporaryFolder() });
    const sentence = `"${source}" is not a file; did you mean ${meant}?`;
    expect([asked.code, asked.stderr]).toEqual([1, `showbackref: ${sentence}\n`]);
  });

  test('but a file with that name is read', async () => {
    const cwd = temporaryFolder();
    for (const name of ['typs', '4711']) {
      writeFileSync(join(cwd, name), '{}');
      const { stderr } = await runCli([name, '--target', 'x'], { cwd });
      expect(stderr).toContain('is not a valid heap snapshot');
    }
  });
});

describe('habits of other programs', () => {
  test('help COMMAND is COMMAND --help, and -V is --version', async () => {
    expect((await runCli(['help', 'refs'])).stdout).toBe((await runCli(['refs', '--help'])).stdout);
    expect((await runCli(['help'])).stdout).toBe((await runCli(['--help'])).stdout);
    expect((await runCli(['-V'])).stdout).toBe((await runCli(['--version'])).stdout);
  });
});
