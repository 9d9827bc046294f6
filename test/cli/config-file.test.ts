import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

let cwd = '';

beforeEach(() => {
  cwd = temporaryFolder();
  const heap = new HeapBuilder();
  const [keeper, foo] = [heap.node('object', 'Keeper'), heap.node('object', 'Foo')];
  heap.edge(heap.global, 'property', 'keep', keeper).edge(heap.global, 'property', 'foo', foo);
  heap.edge(keeper, 'property', 'foo', foo);
  heap.edge(
    heap.global,
    'property',
    'run',
    heap.closure('run', { file: '/srv/app.js', line: 1, column: 1 }),
  );
  writeFileSync(join(cwd, 'a.heapsnapshot'), heap.bytes());
});

const ask = (...more: string[]) =>
  runCli(['a.heapsnapshot', '--target', 'class:Foo', '--format', 'txt', '--everything', ...more], {
    cwd,
  });
const config = (content: unknown, file = '.showbackrefrc') =>
  writeFileSync(join(cwd, file), typeof content === 'string' ? content : JSON.stringify(content));

describe('options of a project', () => {
  test.each(['.showbackrefrc', 'package.json'])('in %s are used, and it is said', async (file) => {
    expect((await ask()).stdout).toContain('Keeper');
    const options = { hide: ['Keeper'], theme: 'dark' };
    config(file === 'package.json' ? { name: 'a', showbackref: options } : options, file);
    const { code, stdout, stderr } = await ask();
    expect(code, stderr).toBe(0);
    expect(stdout).not.toContain('Keeper @');
    expect(stdout).toContain('Left out by --hide.');
    expect(stderr).toBe(`Options from ${file}: --hide "Keeper" --theme "dark"\n`);
  });

  test('what is typed counts instead', async () => {
    config({ hide: 'Keeper' });
    const { stdout, stderr } = await ask('--hide', 'Nowhere');
    expect(stdout).toContain('Keeper');
    expect(stderr).not.toContain('Options from');
  });

  test('a command that has none of them says nothing of them', async () => {
    config({ hide: 'Keeper', theme: 'dark' });
    expect(await runCli(['info', 'a.heapsnapshot'], { cwd })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('accept is a list of leaks in the folder', async () => {
    config({ accept: 'leaks.json' });
    const heaps = ['a', 'a', 'a'].map((name) => `${name}.heapsnapshot`);
    const { stderr } = await runCli(['leaks', ...heaps], { cwd });
    expect(stderr).toContain('--accept "leaks.json" cannot be read');
  });

  test('a package.json without any, or a broken one, changes nothing', async () => {
    config('{ "name":', 'package.json');
    expect((await ask()).stderr).toBe('');
    config({ name: 'a' }, 'package.json');
    expect((await ask()).stderr).toBe('');
  });
});

describe('what a folder must not do', () => {
  test.each([
    [{ redact: 'none' }, 'redact is "none"; which only the command line can ask for'],
    [{ redact: 'some' }, 'redact is "some"; use "secrets" or "all"'],
    [{ theme: 'blue' }, 'theme is "blue"; use "light" or "dark"'],
    [{ accept: '../leaks.json' }, 'accept is "../leaks.json"; name a file in this folder'],
    [{ accept: '/etc/passwd' }, 'accept is "/etc/passwd"; name a file in this folder'],
    [{ hide: [1] }, 'hide is not a text'],
    [{ between: 'rm -rf /' }, '"between" is unknown here; use hide, redact, theme, accept'],
    [{ __proto__: 1, constructor: 'a' }, '"constructor" is unknown here'],
    ['[]', 'options are a JSON object, such as { "redact": "all" }'],
    ['{', 'options are a JSON object'],
  ])('%j', async (content, words) => {
    config(content);
    const { code, stdout, stderr } = await ask();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`showbackref: ".showbackrefrc": ${words}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('more may be masked', async () => {
    expect((await ask('--target', 'fn:run')).stdout).toContain('app.js');
    config({ redact: 'all' });
    const { stdout, stderr } = await ask('--target', 'fn:run');
    expect(stderr).toBe('Options from .showbackrefrc: --redact "all"\n');
    expect(stdout).toContain('run()');
    expect(stdout).not.toContain('app.js');
  });
});
