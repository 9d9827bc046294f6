import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { openHeap } from '../../src/entry/index.js';
import { caseCount, countResult } from '../support/count-result.js';
import { declareMissing } from '../support/declare-missing.js';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { runBin } from '../support/run-bin.js';
import { programFile } from '../support/running-program.js';
import {
  asSecondUser,
  folderForAll,
  NO_SECOND_USER,
  startAsSecondUser,
} from '../support/second-user.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const MARKER = 'hunter2-of-the-heap';
const KEPT = 'what was there\n';
const ROUNDS = caseCount(10, 200);
/** The spy that shares the machine never rests. */
const SPY_MS = 600_000;
const sums = { attacks: 0, 'heaps written beside a spy': 0, 'heaps read by it': 0 };

afterAll(() => countResult('names and links planted by another user', sums));

/** A heap with a secret; `bulk` makes it take a while to write. */
function heapFile(bulk = 0): string {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo', { size: 24 });
  heap.edge(heap.global, 'property', 'foo', foo);
  heap.edge(foo, 'property', 'password', heap.node('string', MARKER, { size: 32 }));
  for (let i = 0; i < bulk; i++) heap.edge(foo, 'property', `p${i}`, heap.node('object', 'Bulk'));
  const file = join(temporaryFolder(), 'a.heapsnapshot');
  writeFileSync(file, heap.bytes());
  return file;
}

function victimsFile(): string {
  const file = join(temporaryFolder(), 'victim.txt');
  writeFileSync(file, KEPT);
  return file;
}

/** Everything that writes a file, told to write to `out`; the last element is its extension. */
const WRITERS: readonly (readonly [string, string, (out: string) => Promise<unknown>])[] = [
  ['a picture', 'dot', (out) => runCli([heapFile(), '--target', 'class:Foo', '--out', out])],
  ['capture', 'heapsnapshot', (out) => runCli(['capture', heapFile(), '--out', out])],
  ['a packed heap', 'heapsnapshot.gz', (out) => runCli(['capture', heapFile(), '--out', out])],
  [
    '--keep',
    'heapsnapshot',
    (out) =>
      runBin([programFile('seed.cjs'), ...['--target', 'x', '--format', 'txt', '--keep', out]]),
  ],
  ['a table', 'json', (out) => runCli(['types', heapFile(), '--out', out])],
  [
    'lines of a function',
    'json',
    (out) => runBin(['lprun', programFile('primes.cjs'), '-f', 'primes', '--out', out]),
  ],
  [
    'memory over time',
    'dat',
    (out) => runBin(['mprof', 'run', programFile('prints.cjs'), '--out', out]),
  ],
  [
    'the library',
    'svg',
    async (out) => (await openHeap(heapFile())).showBackrefs('class:Foo', { out }),
  ],
];

if (NO_SECOND_USER !== null) declareMissing('files planted by another user', NO_SECOND_USER);
else describe('in a folder for everybody', attacks);

function attacks(): void {
  test.each(WRITERS)('a link at the name of %s is not followed', async (_, extension, write) => {
    const folder = folderForAll();
    const victim = victimsFile();
    const out = join(folder, `x.${extension}`);
    asSecondUser(`ln -s '${victim}' '${out}'`, folder);
    const words = `it is a link that another user has made`;
    const answer = await write(out).catch((error: Error) => ({ code: 1, stderr: error.message }));
    expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
    expect(readFileSync(victim, 'utf8')).toBe(KEPT);
    expect(readdirSync(folder)).toEqual([`x.${extension}`]);
    sums.attacks++;
  });

  test.each(WRITERS)('a pipe at the name of %s gets nothing', async (_, extension, write) => {
    const folder = folderForAll();
    const out = join(folder, `x.${extension}`);
    asSecondUser(`umask 0; mkfifo -m 666 '${out}'`, folder);
    const answer = await write(out).catch((error: Error) => ({ code: 1, stderr: error.message }));
    const words = `it is a pipe of another user`;
    expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
    sums.attacks++;
  });

  test.each(WRITERS)('a file at the name of %s is replaced, not written to', async (...row) => {
    const [, extension, write] = row;
    const folder = folderForAll();
    const out = join(folder, `x.${extension}`);
    asSecondUser(`umask 0; echo planted > '${out}'`, folder);
    // as a process that has opened it before
    const planted = openSync(out, 'r');
    await write(out);
    const bytes = Buffer.alloc(100);
    expect(bytes.toString('utf8', 0, readSync(planted, bytes, 0, 100, 0))).toBe('planted\n');
    closeSync(planted);
    const { uid, mode } = statSync(out);
    expect([uid, mode & 0o022]).toEqual([process.getuid?.(), 0]);
    if (extension.startsWith('heapsnapshot')) expect(mode & 0o777).toBe(0o600);
    sums.attacks++;
  });

  test('links at names made of process numbers are never used', async () => {
    const folder = folderForAll();
    const victim = victimsFile();
    chmodSync(victim, 0o644);
    // former names of temporary files, for the processes to come
    const links = `const { symlinkSync } = require('fs');
      for (let pid = ${process.pid}; pid < ${process.pid + 3000}; pid++) {
        symlinkSync('${victim}', '.x.heapsnapshot.' + pid + '.tmp');
        symlinkSync('${victim}', '.x.dot.' + pid + '.0.tmp');
      }`;
    asSecondUser(`"${process.execPath}" -e "${links}"`, folder);
    const planted = readdirSync(folder).length;
    for (const [name, argv] of [
      ['x.heapsnapshot', ['capture', heapFile()]],
      ['x.dot', [heapFile(), '--target', 'class:Foo']],
    ] as const) {
      const { code, stderr } = await runBin([...argv, '--out', join(folder, name)]);
      expect(code, stderr).toBe(0);
      expect(lstatSync(join(folder, name)).isFile()).toBe(true);
      sums.attacks++;
    }
    expect(readFileSync(victim, 'utf8')).toBe(KEPT);
    expect(readdirSync(folder)).toHaveLength(planted + 2);
  });

  test(
    'a spy that opens everything it sees reads no heap',
    async () => {
      const folder = folderForAll();
      const heap = heapFile(20_000);
      const argv = [programFile('spies.cjs'), folder, MARKER];
      const spy = startAsSecondUser(argv);
      let said = '';
      spy.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      while (!said.includes('ready')) await wait(10);
      // until it has seen an unfinished file, however busy the machine is
      for (let round = 0; round < ROUNDS || !said.includes('being written'); round++) {
        const out = join(folder, `heap-${round}.heapsnapshot${round % 2 === 0 ? '' : '.gz'}`);
        const { code, stderr } = await runCli(['capture', heap, '--out', out]);
        expect(code, stderr).toBe(0);
        expect(statSync(out).mode & 0o777).toBe(0o600);
        sums['heaps written beside a spy']++;
      }
      spy.stdin?.end();
      await once(spy, 'close');
      const { names, ...got } = JSON.parse(said.trim().split('\n').at(-1) ?? '');
      expect(got).toEqual({ opened: [], read: 0, written: 0 });
      const temporary = names.filter((name: string) => name.endsWith('.tmp'));
      for (const name of temporary) expect(name).toMatch(/^\.showbackref-[\da-f]{24}\.tmp$/);
      sums['heaps read by it'] += got.read;
    },
    SPY_MS,
  );

  test('a link of the user is followed, and stays', async () => {
    const folder = folderForAll();
    const file = victimsFile();
    symlinkSync(file, join(folder, 'x.dot'));
    const { code, stderr } = await runCli([heapFile(), '--target', 'class:Foo', '--out', 'x.dot'], {
      cwd: folder,
    });
    expect(code, stderr).toBe(0);
    expect(lstatSync(join(folder, 'x.dot')).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(/^digraph/);
  });
}
