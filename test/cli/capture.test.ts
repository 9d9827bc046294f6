import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const SEED = resolve('examples/seed.js');
const NODE_12 = resolve('test/fixtures/node-12/scenarios.heapsnapshot.gz');

describe('capture', () => {
  test('writes the heap of a script, readable only by its owner, and nothing else', async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await runCli(['capture', SEED, '--out', 'a.heapsnapshot'], {
      cwd,
    });
    expect(code, stderr).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/Heap snapshot written to a\.heapsnapshot \(\d/);
    expect(readdirSync(cwd)).toEqual(['a.heapsnapshot']);
    const file = join(cwd, 'a.heapsnapshot');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toContain('nodes');
  });

  test('packs it when the name ends in .gz', async () => {
    const cwd = temporaryFolder();
    await runCli(['capture', NODE_12, '--out', 'a.heapsnapshot.gz'], { cwd });
    const saved = gunzipSync(readFileSync(join(cwd, 'a.heapsnapshot.gz')));
    expect(saved.equals(gunzipSync(readFileSync(NODE_12)))).toBe(true);
  });

  test('writes to standard output', async () => {
    const { stdoutBytes } = await runCli(['capture', NODE_12, '--out', '-']);
    expect(stdoutBytes.equals(gunzipSync(readFileSync(NODE_12)))).toBe(true);
  });

  test.each([
    ['no file named', []],
    ['two files', ['--out', 'a.heapsnapshot', '--out', 'b.heapsnapshot']],
    ['a name of something else', ['--out', 'a.png']],
  ])('refuses %s', async (_, argv) => {
    const { code, stderr } = await runCli(['capture', NODE_12, ...argv]);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('leaves no file if the source breaks off or the name is taken', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'cut.gz'), readFileSync(NODE_12).subarray(0, 100_000));
    const cut = await runCli(['capture', 'cut.gz', '--out', 'a.heapsnapshot'], { cwd });
    expect([cut.code, cut.stderr.trimEnd().split('\n').length]).toEqual([1, 1]);
    mkdirSync(join(cwd, 'taken.heapsnapshot'));
    const taken = await runCli(['capture', NODE_12, '--out', 'taken.heapsnapshot'], { cwd });
    expect(taken.code).toBe(1);
    expect(taken.stderr).toContain('cannot write "taken.heapsnapshot"');
    expect(readdirSync(cwd).sort()).toEqual(['cut.gz', 'taken.heapsnapshot']);
  });
});

test('--keep saves exactly the heap that was looked at', async () => {
  const cwd = temporaryFolder();
  const argv = [SEED, '--target', 'x', '--keep', 'kept.heapsnapshot', '--format', 'json'];
  const { stdout, stderr, code } = await runCli(argv, { cwd });
  expect(code, stderr).toBe(0);
  const [id] = JSON.parse(stdout).targets;
  expect(statSync(join(cwd, 'kept.heapsnapshot')).mode & 0o777).toBe(0o600);
  const again = await runCli(['kept.heapsnapshot', '--target', id, '--format', 'json'], { cwd });
  expect(JSON.parse(again.stdout).source.nodeCount).toBe(JSON.parse(stdout).source.nodeCount);
});

test('on a terminal, how far V8 is with the heap of a program', async () => {
  const cwd = temporaryFolder();
  const argv = ['capture', SEED, '--out', 'a.heapsnapshot'];
  const { stderr } = await runCli(argv, { cwd, isTerminal: true });
  const shares = [...stderr.matchAll(/V8 takes the heap: (\d+) %…/g)].map(([, share]) =>
    Number(share),
  );
  expect(shares.at(-1)).toBe(100);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect((await runCli([...argv, '--quiet'], { cwd, isTerminal: true })).stderr).not.toContain(
    'V8',
  );
});
