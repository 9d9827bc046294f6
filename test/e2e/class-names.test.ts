import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Subgraph } from '../../src/collect/picture/subgraph.js';
import { runBin } from '../support/run-bin.js';
import { programFile } from '../support/running-program.js';

const cwd = mkdtempSync(join(tmpdir(), 'showbackref-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

interface Row {
  readonly name: string;
  readonly count: number;
  readonly location: string | null;
}

async function capture(program: string): Promise<string> {
  const file = join(cwd, `${program}.heapsnapshot`);
  const { code, stderr } = await runBin(['capture', programFile(program), '--out', file]);
  expect(code, stderr).toBe(0);
  return file;
}

async function rowsOf(file: string): Promise<readonly Row[]> {
  const { stdout } = await runBin(['types', file, '--all', '--format', 'json', '--out', '-']);
  return (JSON.parse(stdout) as { types: readonly Row[] }).types;
}

async function boxes(file: string, target: string, ...more: readonly string[]) {
  const options = ['--depth', '1', '--no-to-roots', '--format', 'json', '--out', '-', ...more];
  const { code, stdout, stderr } = await runBin([file, '--target', target, ...options]);
  expect(code, stderr).toBe(0);
  const { nodes } = JSON.parse(stdout) as Subgraph;
  return nodes
    .filter(({ role }) => role === 'target')
    .map(({ name, count = 1, location }) => ({ name, count, location }));
}

describe('a table of classes', () => {
  let file = '';
  beforeAll(async () => {
    file = await capture('names-of-tables.cjs');
  });

  test('names in it can be asked for', async () => {
    const names = (await rowsOf(file)).map(({ name }) => name);
    const detached = names.find((name) => name.startsWith('Detached Node / '));
    expect(detached).toBeDefined();
    for (const name of ['RegExp', 'system / JSArrayBufferData', `${detached}`]) {
      expect(names).toContain(name);
      const found = await boxes(file, `class:${name}`, '--max-nodes', '1');
      expect(found.length, name).toBeGreaterThan(0);
    }
  });

  test('plain objects are asked for by their properties', async () => {
    for (const target of ['class:{level, message, when, done}', 'has:level,message']) {
      expect(await boxes(file, target)).toEqual([{ name: 'Object', count: 500, location: null }]);
    }
  });

  test('--hide with a name in it takes effect, and with one like it says so', async () => {
    const argv = [file, '--target', 'has:level,message', '--format', 'txt', '--out', '-'];
    const hidden = await runBin([...argv, '--hide', 'Array @1', '--hide', 'Arry']);
    expect(hidden.code).toBe(0);
    expect(hidden.stderr).toContain('--hide "Arry" matches nothing in this picture; did you mean');
    const { stdout } = await runBin([...argv, '--hide', 'class:Array']);
    expect(stdout).toContain('1 hidden by --hide: 1 Array');
  });

  test('--cut with a name that nothing has ends with exit code 1', async () => {
    const argv = [file, '--target', 'has:level,message', '--out', '-', '--format', 'txt'];
    const { code, stderr } = await runBin([...argv, '--cut', 'Arrray->{level, message}']);
    expect(code).toBe(1);
    expect(stderr).toContain('nothing in the heap is called "Arrray"; did you mean "Array"');
    const cut = await runBin([...argv, '--cut', 'Array->{level, message}']);
    expect(cut.code).toBe(0);
    expect(cut.stderr + cut.stdout).toContain('500 references removed');
  });

  test('--min-size counts only larger objects, and takes only these', async () => {
    const { stdout } = await runBin(['types', file, '--min-size', '10kB', '--format', 'json']);
    const { types } = JSON.parse(stdout) as { types: readonly Row[] };
    expect(types.length).toBeGreaterThan(0);
    expect(types.map(({ name }) => name)).not.toContain('Date');
    const { code, stderr } = await runBin([file, '--target', 'class:Date', '--min-size', '1MB']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /"class:Date" matches \d+ objects, none of which has a shallow size of 1\.0 MB/,
    );
  });

  test('--target detached says that the heap of a program has no DOM', async () => {
    const { code, stderr } = await runBin([file, '--target', 'detached']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'showbackref: This heap has no DOM nodes of a browser, so none can be detached; name other objects with --target class:Foo\n',
    );
  });
});

describe('two classes of one name', () => {
  let file = '';
  beforeAll(async () => {
    file = await capture('same-name-classes.cjs');
  });

  test('are two boxes, and each is asked for by its place', async () => {
    const first = { name: 'Item', count: 2, location: 'same-name-classes.cjs:3:16' };
    const second = { name: 'Item', count: 1, location: 'same-name-classes.cjs:11:16' };
    expect(await boxes(file, 'class:Item')).toEqual([first, second]);
    expect(await boxes(file, 'class:Item@same-name-classes.cjs:3')).toEqual([first]);
    const rows = (await rowsOf(file)).filter(({ name }) => name === 'Item');
    expect(rows.map(({ count }) => count)).toEqual([2, 1]);
    for (const { name, location, count } of rows) {
      const [box, ...others] = await boxes(file, `class:${name} ${location}`);
      expect([box?.count, others]).toEqual([count, []]);
    }
  });
});
