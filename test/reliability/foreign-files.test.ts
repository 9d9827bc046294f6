import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openHeap } from '../../src/entry/index.js';
import { makeFileCheck } from '../../src/source-maps/map-scope.js';
import { countResult } from '../support/count-result.js';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/*
 * A heap from someone else names files of this machine as its scripts. Its picture may be sent
 * back, so it must be the same whatever is in these files.
 */

vi.mock('node:fs/promises', { spy: true });
afterEach(() => void vi.clearAllMocks());

const sums = { 'names tried': 0 };
afterAll(() => countResult('heaps that name files of the machine', sums));

const SECRET = 'secret-project';
const MAP = JSON.stringify({
  version: 3,
  sources: [`src/${SECRET}.ts`],
  names: [],
  mappings: 'AAEC;AAEA',
});
const GENERATED = 'first();\nsecond();\n';

interface Place {
  readonly cwd: string;
  readonly elsewhere: string;
}

/** A folder to work in, with a heap in it, and one beside it. */
function machine(script: (place: Place) => string): Place & { readonly heap: string } {
  const folder = temporaryFolder();
  const place = { cwd: join(folder, 'work'), elsewhere: join(folder, 'elsewhere') };
  mkdirSync(place.cwd);
  const heap = new HeapBuilder();
  const closure = heap.closure('f', { file: script(place), line: 1, column: 4 });
  heap.edge(heap.global, 'property', 'f', closure);
  const file = join(place.cwd, 'a.heapsnapshot');
  writeFileSync(file, heap.bytes());
  return { ...place, heap: file };
}

/** The possible content of another folder: nothing at all; files with maps; large ones without. */
const WORLDS: readonly ((folder: string) => void)[] = [
  () => undefined,
  (folder) => {
    mkdirSync(folder);
    for (const name of ['app.js', 'other.js']) writeFileSync(join(folder, name), GENERATED);
    for (const name of ['app.js', 'other.js']) writeFileSync(join(folder, `${name}.map`), MAP);
  },
  (folder) => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'app.js'), ' '.repeat(1e6));
  },
];

/** The ways in which a heap, or a file it is allowed to name, leads to `elsewhere`. */
const WAYS: readonly (readonly [string, (place: Place) => string, (place: Place) => void])[] = [
  ['by its path', ({ elsewhere }) => join(elsewhere, 'app.js'), () => undefined],
  ['by its URL', ({ elsewhere }) => pathToFileURL(join(elsewhere, 'app.js')).href, () => undefined],
  ['with dots', ({ cwd }) => `${cwd}/../elsewhere/app.js`, () => undefined],
  ['with dots in a URL', ({ cwd }) => `file://${cwd}/%2e%2e/elsewhere/app.js`, () => undefined],
  [
    'through a folder that is a link',
    ({ cwd }) => join(cwd, 'link/app.js'),
    ({ cwd }) => symlinkSync('../elsewhere', join(cwd, 'link')),
  ],
  [
    'through a script that is a link',
    ({ cwd }) => join(cwd, 'app.js'),
    ({ cwd }) => symlinkSync('../elsewhere/app.js', join(cwd, 'app.js')),
  ],
  [
    'through a map that is a link',
    ({ cwd }) => join(cwd, 'app.js'),
    ({ cwd }) => {
      writeFileSync(join(cwd, 'app.js'), GENERATED);
      symlinkSync('../elsewhere/app.js.map', join(cwd, 'app.js.map'));
    },
  ],
  [
    'through the comment for its map',
    ({ cwd }) => join(cwd, 'app.js'),
    ({ cwd }) => {
      const comment = '//# sourceMappingURL=../elsewhere/app.js.map';
      writeFileSync(join(cwd, 'app.js'), `${GENERATED}${comment}\n`);
    },
  ],
];

describe.skipIf(process.platform === 'win32')('a heap that names a file elsewhere', () => {
  test.each(WAYS)('%s learns nothing of it', async (_, script, prepare) => {
    const place = machine(script);
    prepare(place);
    const answers: string[] = [];
    for (const world of WORLDS) {
      world(place.elsewhere);
      for (const format of ['json', 'md']) {
        const argv = ['a.heapsnapshot', '--target', 'f', '--format', format];
        const { code, stdout, stderr } = await runCli(argv, { cwd: place.cwd });
        expect(code, stderr).toBe(0);
        answers.push(`${format}\n${stdout}${stderr}`);
      }
      const notes: unknown[] = [];
      // the working folder of the library is that of these tests
      notes.push(await (await openHeap(place.heap)).showBackrefs('f'));
      answers.push(JSON.stringify(notes));
      rmSync(place.elsewhere, { recursive: true, force: true });
      sums['names tried']++;
    }
    expect(new Set(answers).size).toBe(3);
    expect(answers.join()).not.toContain(SECRET);
  });

  test('does not even search for it', async () => {
    const place = machine(({ elsewhere }) => join(elsewhere, 'app.js'));
    await runCli(['a.heapsnapshot', '--target', 'f', '--format', 'json'], { cwd: place.cwd });
    const calls = [files.stat, files.lstat, files.open, files.realpath, files.readlink].flatMap(
      (call) => vi.mocked(call).mock.calls.map(([path]) => String(path)),
    );
    expect(calls).toContain(join(place.cwd, 'a.heapsnapshot'));
    expect(calls.filter((path) => path.includes('elsewhere'))).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('source maps of a saved heap are followed', () => {
  async function answerOf(heap: string, cwd: string, ...more: string[]): Promise<string> {
    const { code, stdout, stderr } = await runCli(
      [heap, '--target', 'f', '--format', 'json', ...more],
      {
        cwd,
      },
    );
    expect(code, stderr).toBe(0);
    return stdout;
  }

  test('below the working folder, below that of the heap, and where --source-maps says', async () => {
    const inner = machine(({ cwd }) => join(cwd, 'dist/app.js'));
    WORLDS[1]?.(join(inner.cwd, 'dist'));
    const there = temporaryFolder();
    expect(await answerOf('a.heapsnapshot', inner.cwd)).toContain(`src/${SECRET}.ts:3:2`);
    expect(await answerOf(inner.heap, there)).toContain(`src/${SECRET}.ts:3:2`);
    expect(await answerOf(inner.heap, there, '--no-source-maps')).not.toContain(SECRET);
    expect(await answerOf(inner.heap, there, '--redact', 'all')).not.toContain(SECRET);

    const outer = machine(({ elsewhere }) => join(elsewhere, 'app.js'));
    WORLDS[1]?.(outer.elsewhere);
    const two = ['--source-maps', there, '--source-maps', '../elsewhere'];
    expect(await answerOf('a.heapsnapshot', outer.cwd, ...two)).toContain(SECRET);
    const heap = await openHeap(outer.heap);
    const locations = ({ nodes }: { nodes: readonly { location: string | null }[] }) =>
      nodes.map(({ location }) => location);
    const given = { sourceMaps: outer.elsewhere };
    expect(locations(await heap.showBackrefs('f', given))).toContain(`src/${SECRET}.ts:3:2`);
    expect(locations(await heap.showBackrefs('f'))).toContain('app.js:1:4');
  });

  test('not below the home folder or the root as a whole, unless --source-maps says so', async () => {
    const { cwd } = machine(({ cwd }) => join(cwd, 'dist/app.js'));
    WORLDS[1]?.(join(cwd, 'dist'));
    const home = process.env.HOME;
    onTestFinished(() => {
      process.env.HOME = home;
    });
    for (const folder of [cwd, join(cwd, 'user')]) {
      process.env.HOME = folder;
      expect(await answerOf('a.heapsnapshot', cwd)).not.toContain(SECRET);
      expect(await answerOf('a.heapsnapshot', cwd, '--source-maps', '.')).toContain(SECRET);
    }
  });

  test('a path that is not a folder is refused before any work', async () => {
    const argv = ['missing.heapsnapshot', '--target', 'f', '--source-maps', 'nowhere'];
    const { code, stderr } = await runCli(argv, { cwd: temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toBe(
      'showbackref: --source-maps "nowhere" is not a folder; name one that holds the scripts\n',
    );
    for (const sourceMaps of [7, '', [true, 'a']] as never[]) {
      const heap = await openHeap(machine(() => '/a.js').heap);
      await expect(heap.showBackrefs('f', { sourceMaps })).rejects.toMatchObject({ code: 'USAGE' });
    }
  });
});

test('names that only begin like a folder are not in it', async () => {
  const folder = temporaryFolder();
  for (const name of ['app', 'app-secret', '..app']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'a.js'), '');
  }
  const isInApp = await makeFileCheck({ folders: [join(folder, 'app')] });
  expect(await isInApp(join(folder, 'app/a.js'))).toBe(true);
  expect(await isInApp(join(folder, 'app-secret/a.js'))).toBe(false);
  const isIn = await makeFileCheck({ folders: [folder] });
  expect(await isIn(join(folder, '..app/a.js'))).toBe(true);
});
