import { describe, expect, test } from 'vitest';
import { runBin } from '../support/run-bin.js';
import { programFile, startProgram } from '../support/running-program.js';

const NEED =
  /^(?:"[^"]+" stands still while V8 takes its heap [^\n]+\n)?The heap of "?[^"]+"? has \d{3} MB: if it is mostly small objects, V8 needs .* GB more there while it takes the snapshot, and showbackref up to .* [GM]B\.\n$/;
const CODE = `globalThis.list = new Array(27e6).fill(0.5);
  setInterval(() => undefined, 1000);
  process.stdout.write('ready\\n');`;

describe('what taking a large heap may cost, in one line on standard error', () => {
  test.each([
    ['said', [], NEED],
    ['not said', ['--quiet'], /^$/],
  ])('of a running program: %s with %j', async (_, more, words) => {
    const program = await startProgram(process.execPath, ['--inspect=127.0.0.1:0', '-e', CODE]);
    const argv = [await program.inspector(), '--target', 'list', '--format', 'txt', ...more];
    const { code, stderr } = await runBin(argv);
    expect(stderr).toMatch(words);
    expect(code).toBe(0);
  });

  test.each([
    ['said', [], NEED],
    ['not said', ['quiet'], /^$/],
  ])('of a program that calls showBackrefs: %s with %j', async (_, argv, words) => {
    const bin = programFile('library-large.cjs');
    const { code, stdout, stderr } = await runBin(argv, { bin });
    expect(stderr).toMatch(words);
    expect([code, stdout]).toEqual([0, 'answered']);
  });
});
