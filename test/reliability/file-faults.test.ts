import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  createWriteStream,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import zlib, { createGzip, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { readSnapshotFile } from '../../src/snapshot/read-snapshot.js';
import { openFile } from '../../src/source/file/file-source.js';
import { SecondThread } from '../../src/util/second-thread.js';
import { countResult } from '../support/count-result.js';
import { runCli } from '../support/fake-io.js';
import { HeapBuilder } from '../support/heap-builder.js';
import { largeHeapText } from '../support/large-heap-text.js';
import { NO_PDFKIT } from '../support/pdfkit.js';
import { type BinResult, runBin } from '../support/run-bin.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const BIN = fileURLToPath(new URL('../../bin/showbackref.js', import.meta.url));
const TARGET = ['--target', 'class:Foo'];
const AS_NOBODY = ['--reuid=65534', '--regid=65534', '--clear-groups'];
const sums = { faults: 0 };

afterAll(() => countResult('faults of files, disks and pipes', sums));

function smallHeap(): Uint8Array {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo', { size: 24 });
  return heap.edge(heap.global, 'property', 'foo', foo).bytes();
}

/** Checks for one sentence on standard error, nothing on standard output. */
function expectSentence({ code, stdout, stderr }: BinResult, words: string, expected = 1): void {
  sums.faults++;
  expect([code, stdout], stderr).toEqual([expected, '']);
  expect(stderr).toMatch(/^showbackref: [^\n]+\n$/);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('should not');
}

describe('a compressed file', () => {
  test.each([
    ['spaces', '{ ', ' '],
    ['one string', `${headOf(smallHeap())}"strings":["`, 'x'],
    ['a section nobody knows', `${headOf(smallHeap())}"more":[`, '['],
  ])('a bomb of %s is refused before it has filled the memory', async (_, start, filling) => {
    const file = join(temporaryFolder(), 'bomb.heapsnapshot.gz');
    const block = Buffer.alloc(1 << 20, filling);
    const blocks = (function* () {
      yield Buffer.from(start);
      for (let i = 0; i < 400; i++) yield block;
    })();
    await pipeline(Readable.from(blocks), createGzip({ level: 1 }), createWriteStream(file));
    const result = await runBin([file, ...TARGET], { nodeArgs: ['--max-old-space-size=128'] });
    expectSentence(result, 'unpacks to over 200 times its size');
  });

  test.each([
    ['gzip', gzipSync(smallHeap())],
    ['zstd', zstd(smallHeap())],
  ])('%s, cut or damaged anywhere', async (_, packed) => {
    // this Node.js has no zstd
    if (packed === null) return;
    for (let cut = 1; cut < packed.length; cut += Math.ceil(packed.length / 40)) {
      const file = join(temporaryFolder(), 'cut');
      for (const bytes of [packed.subarray(0, cut), flipped(packed, cut)]) {
        writeFileSync(file, bytes);
        const { code, stdout, stderr } = await runCli([file, ...TARGET, '--format', 'json']);
        sums.faults++;
        // a bit of the file's name or time changes nothing
        if (code === 0) expect(JSON.parse(stdout).targets).toEqual(['@3']);
        else expect([code, stderr]).toEqual([1, expect.stringMatching(/^showbackref: [^\n]+\n$/)]);
      }
    }
  });
});

describe('a file that changes', () => {
  test('shrinks while one thread reads it, or two', async () => {
    for (const leastBytesForTwo of [0, Number.POSITIVE_INFINITY]) {
      const path = join(temporaryFolder(), 'shrinks.heapsnapshot');
      writeFileSync(path, largeHeapText(100_000));
      const source = await openFile(path);
      const { file } = source;
      if (file == null) throw new Error('not a plain file');
      const descriptor = openSync(path, 'r+');
      let reads = 0;
      const shrinking = {
        ...{ fd: file.fd, size: file.size },
        read(into: Uint8Array, position: number) {
          if (++reads === 2) ftruncateSync(descriptor, 1 << 20);
          return file.read(into, position);
        },
      };
      const second = SecondThread.openFor(file.size, leastBytesForTwo);
      const reading = readSnapshotFile(shrinking, { name: path, second });
      await expect(reading)
        .rejects.toMatchObject({ code: /^SNAPSHOT_/ as never })
        .catch(() => expect(reading).rejects.toMatchObject({ name: 'ShowBackrefError' }));
      second?.retire();
      await source.close();
      sums.faults++;
    }
  });
});

// /proc shows what a process waits for
describe.runIf(process.platform === 'linux')('a pipe', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'without a writer, and one that stalls: %s ends the wait',
    async (signal) => {
      for (const text of [null, '{"snapshot":{"meta"']) {
        const pipe = namedPipe();
        const tool = spawn(process.execPath, [BIN, pipe, ...TARGET], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let stderr = '';
        tool.stderr.on('data', (chunk) => {
          stderr += chunk;
        });
        const closed = once(tool, 'close');
        // opening it for writing waits until the tool has opened it
        const writer =
          text === null ? null : spawn('sh', ['-c', `printf '${text}' > '${pipe}'; sleep 1`]);
        if (writer === null) await untilWaiting(tool.pid as number);
        else await once(writer, 'spawn').then(() => untilWaiting(tool.pid as number));
        tool.kill(signal);
        sums.faults++;
        const [code] = await closed;
        writer?.kill();
        // if the writer has ended by then, the file is cut
        expect([130, 1]).toContain(code);
        if (text === null) expect([code, stderr]).toEqual([130, 'showbackref: interrupted\n']);
      }
    },
  );

  test('--timeout ends the wait, for standard input too', async () => {
    const words = 'there is no answer within --timeout "300ms"; allow more';
    expectSentence(await runBin([namedPipe(), ...TARGET, '--timeout', '300ms']), words);
    const held = spawnSync('sh', [
      '-c',
      `sleep 3 | "$0" "${BIN}" - ${TARGET.join(' ')} --timeout 300ms`,
      process.execPath,
    ]);
    expect([held.status, held.stderr.toString()]).toEqual([1, expect.stringContaining(words)]);
    sums.faults++;
  });

  test('that never ends is refused before the memory is full', async () => {
    // as if no more were free
    const free = 'data:text/javascript,process.availableMemory=()=>3e7';
    const stdin = Buffer.concat([Buffer.from('{ '), Buffer.alloc(40 << 20, ' ')]);
    const result = await runBin(['-', ...TARGET], { nodeArgs: ['--import', free], stdin });
    expectSentence(
      result,
      '"standard input" has more than 30 MB, which is all the memory that was free',
    );
  });

  test('whose reader goes away is not an error', () => {
    const file = join(temporaryFolder(), 'a.heapsnapshot');
    writeFileSync(file, smallHeap());
    for (const format of ['dot', 'svg', 'png', 'json', 'txt']) {
      const line = `"$0" "${BIN}" "${file}" ${TARGET.join(' ')} --format ${format} | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
      const { stdout, stderr } = spawnSync('bash', ['-c', line, process.execPath]);
      expect([stdout.toString(), stderr.toString()]).toEqual([
        '0\n',
        expect.not.stringContaining('rror'),
      ]);
      sums.faults++;
    }
  });
});

describe('names and folders', () => {
  test.each([
    'a b.heapsnapshot',
    `it's "q".heapsnapshot`,
    '$(x) `y`; &.heapsnapshot',
    '-dash.heapsnapshot',
    'ü💥.heapsnapshot',
    'new\nline.heapsnapshot',
    '\u001b[31mred.heapsnapshot',
    '%s{}*?.heapsnapshot',
  ])('a file called %j is read, and written beside', async (name) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, name), smallHeap());
    const out = name.replace('.heapsnapshot', '.dot');
    const result = await runCli([`./${name}`, ...TARGET, '--out', `./${out}`], { cwd });
    expect(result.code, result.stderr).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual([name, out].sort());
    expect(result.stderr).not.toContain('\u001b');
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
    const missing = await runCli([`./no ${name}`, ...TARGET], { cwd });
    expectSentence(missing, 'there is no file');
  });

  test('a symbolic link is followed, a cycle of links is refused', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'real.heapsnapshot'), smallHeap());
    symlinkSync('real.heapsnapshot', join(cwd, 'link.heapsnapshot'));
    symlinkSync('circle.heapsnapshot', join(cwd, 'circle.heapsnapshot'));
    const linked = await runCli(['link.heapsnapshot', ...TARGET, '--format', 'json'], { cwd });
    expect(linked.code, linked.stderr).toBe(0);
    expectSentence(await runCli(['circle.heapsnapshot', ...TARGET], { cwd }), 'cannot open');
  });

  test('a folder in the place of a file, a file in the place of a folder', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.heapsnapshot'), smallHeap());
    mkdirSync(join(cwd, 'folder.heapsnapshot'));
    mkdirSync(join(cwd, 'out.png'));
    const ask = (...argv: string[]) => runCli([...argv, ...TARGET], { cwd });
    expectSentence(await ask('folder.heapsnapshot'), 'is a folder');
    expectSentence(await ask('a.heapsnapshot', '--out', 'out.png'), 'it is a folder');
    expectSentence(await ask('a.heapsnapshot', '--out', 'a.heapsnapshot/x.dot'), 'not a folder');
    expect(readdirSync(cwd).sort()).toEqual(['a.heapsnapshot', 'folder.heapsnapshot', 'out.png']);
  });

  test.skipIf(process.platform === 'win32')('a folder without write permission', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.heapsnapshot'), smallHeap());
    mkdirSync(join(cwd, 'locked'));
    chmodSync(join(cwd, 'locked'), 0o555);
    chmodSync(cwd, 0o755);
    const argv = [
      'a.heapsnapshot',
      ...TARGET,
      '--out',
      'locked/x.dot',
      '--out',
      'locked/new/x.dot',
    ];
    // root can write anywhere except to what cannot be changed
    const result =
      process.getuid?.() === 0
        ? await runBin(argv, {
            cwd,
            execPath: 'setpriv',
            nodeArgs: [...AS_NOBODY, process.execPath],
          })
        : await runBin(argv, { cwd });
    expectSentence(result, 'cannot write "locked/x.dot": permission denied; choose another --out');
    expect(readdirSync(join(cwd, 'locked'))).toEqual([]);
  });

  test.runIf(process.platform === 'linux')(
    'a file system where nothing can be created',
    async () => {
      const cwd = temporaryFolder();
      writeFileSync(join(cwd, 'a.heapsnapshot'), smallHeap());
      for (const out of ['/proc/x.dot', '/proc/a/b/x.dot', '/sys/x.dot', '/dev/null/x.dot']) {
        const result = await runCli(['a.heapsnapshot', ...TARGET, '--out', out], { cwd });
        expectSentence(result, `cannot write "${out}"`);
      }
    },
  );
});

/** A line of bash, in which `$TOOL …` is a question about a small heap in `cwd`. */
function inShell(line: string, cwd: string, heap = smallHeap()) {
  writeFileSync(join(cwd, 'a.heapsnapshot'), heap);
  const tool = `"${process.execPath}" "${BIN}" a.heapsnapshot ${TARGET.join(' ')} --quiet`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line.replaceAll('$TOOL', tool)], {
    cwd,
  });
  return { code: status, stdout: stdout.toString(), stderr: stderr.toString() };
}

describe.runIf(process.platform === 'linux')('--out that is not a file is written to', () => {
  test.each([
    ['/dev/stdout', '$TOOL --format dot --out /dev/stdout'],
    ['/dev/fd/1', '$TOOL --format dot --out /dev/fd/1'],
    ['/proc/self/fd/1', '$TOOL --format dot --out /proc/self/fd/1'],
    ['/dev/stderr', '$TOOL --format dot --out /dev/stderr 2>&1'],
    ['a descriptor of its own', '$TOOL --format dot --out /dev/fd/9 9>&1'],
    ['>(…)', '$TOOL --format dot --out >(cat); wait $!'],
    ['a link to a device', 'ln -s /dev/stdout l; $TOOL --format dot --out l'],
    ['a named pipe', 'mkfifo p; cat p & $TOOL --format dot --out p; wait'],
    ['a file that is standard output', '$TOOL --format dot --out /dev/stdout >f; cat f'],
  ])('%s', (_, line) => {
    const { code, stdout, stderr } = inShell(line, temporaryFolder());
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^digraph .*\}\n$/s);
    sums.faults++;
  });

  test('the end of a file that another program also writes to', () => {
    const line = 'echo before >f; $TOOL --format txt --out /dev/stdout >>f; echo after >>f; cat f';
    const { stdout } = inShell(line, temporaryFolder());
    expect(stdout).toMatch(/^before\nFoo @3 .*\nafter\n$/s);
    sums.faults++;
  });

  test('/dev/null, which stays; a heap too', () => {
    const { code, stderr } = inShell('$TOOL --format png --out /dev/null', temporaryFolder());
    expect([code, stderr]).toEqual([0, '']);
    const cwd = temporaryFolder();
    const capture = `"${process.execPath}" "${BIN}" capture a.heapsnapshot`;
    const packed = inShell(`${capture} --out /dev/null && ${capture} --out >(gzip | zcat)`, cwd);
    expect(packed.code, packed.stderr).toBe(0);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
    sums.faults += 3;
  });

  test('a pipe whose reader goes away, which is not an error', () => {
    const line = '$TOOL --format svg --out >(head -c 1); echo $?';
    const { stdout, stderr } = inShell(line, temporaryFolder());
    // the reader may write its one character before or after the exit code
    expect([stdout.replace('<', '').trim(), stderr]).toEqual(['0', '']);
    sums.faults++;
  });

  test('a pipe that nobody reads is waited for until --timeout or Ctrl-C', async () => {
    // opened for reading by a process that does not read, it is full after 64 KiB
    for (const held of ['', '3<>p']) {
      const line = `mkfifo p; $TOOL --format json --everything --no-group --fan-in 9999 --max-nodes 9999 --timeout 2s --out p ${held}`;
      const result = inShell(line, temporaryFolder(), wideHeap());
      expectSentence(result, 'there is no answer within --timeout "2s"');
    }
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.heapsnapshot'), smallHeap());
    const pipe = namedPipe();
    const argv = [BIN, 'a.heapsnapshot', ...TARGET, '--format', 'dot', '--out', pipe, '--quiet'];
    const tool = spawn(process.execPath, argv, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const closed = once(tool, 'close');
    await untilWaiting(tool.pid as number);
    tool.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    sums.faults++;
  });

  test.each([
    ['/dev/full', 'the disk is full'],
    ['/dev/fd/77', 'it is not open for writing'],
    ['/dev/stdin', 'it is open for reading only'],
    ['folder.dot', 'it is a folder'],
    ['socket.dot', 'it is a socket'],
    ['circle.dot', 'its links lead in a circle'],
    ['dangling.dot', 'it is a link into a folder that is missing'],
    ['/dev/fd/3', 'it is not for output'],
  ])('%s is refused in one sentence: %s', async (out, words) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'folder.dot'));
    symlinkSync('circle.dot', join(cwd, 'circle.dot'));
    symlinkSync('missing/x.dot', join(cwd, 'dangling.dot'));
    const server = createServer().listen(join(cwd, 'socket.dot'));
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const before = readdirSync(cwd);
    const result = inShell(`echo | $TOOL --format dot --out ${out}`, cwd);
    expectSentence(result, `cannot write "${out}": ${words}; choose another --out`);
    expect(readdirSync(cwd).filter((name) => name !== 'a.heapsnapshot')).toEqual(before);
    if (out.startsWith('/dev/fd') || out === '/dev/stdin') return;
    const heaps = `"${process.execPath}" "${BIN}" a.heapsnapshot ${TARGET.join(' ')} --format txt`;
    const kept = inShell(`${heaps} --keep ${out} --quiet`, cwd);
    expectSentence(kept, `cannot write "${out}": ${words}; choose another --keep`);
  });

  test('a file without write permission is refused, and stays', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'a.heapsnapshot'), smallHeap());
    writeFileSync(join(cwd, 'x.dot'), 'kept');
    chmodSync(join(cwd, 'x.dot'), 0o444);
    chmodSync(cwd, 0o777);
    const argv = ['a.heapsnapshot', ...TARGET, '--out', 'x.dot'];
    const isRoot = process.getuid?.() === 0;
    // root may write to any file
    const nobody = { execPath: 'setpriv', nodeArgs: [...AS_NOBODY, process.execPath] };
    const result = await runBin(argv, { cwd, ...(isRoot ? nobody : {}) });
    expectSentence(result, 'cannot write "x.dot": permission denied; choose another --out');
    expect(readFileSync(join(cwd, 'x.dot'), 'utf8')).toBe('kept');
  });
});

/** Its picture takes more text than a pipe holds. */
function wideHeap(): Uint8Array {
  const heap = new HeapBuilder();
  const foo = heap.node('object', 'Foo', { size: 24 });
  for (let i = 0; i < 2000; i++) {
    const holder = heap.node('object', `Holder${i}`, { size: 24 });
    heap.edge(holder, 'property', `field${i}`, foo);
    heap.edge(heap.global, 'property', `name${i}`, holder);
  }
  return heap.bytes();
}

test.runIf(process.platform === 'linux')('a disk that is full', async (context) => {
  const disk = join(temporaryFolder(), 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]);
  if (mounted.status !== 0) return context.skip('mount is not permitted');
  onTestFinished(() => void execFileSync('umount', [disk]));
  const filler = openSync(join(disk, 'filler'), 'w');
  try {
    for (;;) writeSync(filler, Buffer.alloc(1024));
  } catch {
    // full
  } finally {
    closeSync(filler);
  }
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'a.heapsnapshot'), smallHeap());
  const pdf = NO_PDFKIT === null ? ['pdf'] : [];
  for (const format of ['dot', 'svg', 'png', 'html', ...pdf]) {
    const out = join(disk, `x.${format}`);
    const result = await runCli(['a.heapsnapshot', ...TARGET, '--out', out], { cwd });
    expectSentence(result, 'the disk is full');
  }
  expectSentence(
    await runBin([
      ...['capture', fileURLToPath(new URL('../programs/seed.cjs', import.meta.url))],
      ...['--out', join(disk, 'a.heapsnapshot'), '--quiet'],
    ]),
    'the disk is full',
  );
  expect(readdirSync(disk)).toEqual(['filler']);
  return undefined;
});

function headOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString();
  return text.slice(0, text.indexOf('"nodes"'));
}

function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 0x10;
  return changed;
}

/** Null where Node.js has no zstd. */
function zstd(bytes: Uint8Array): Buffer | null {
  const { zstdCompressSync } = zlib as typeof zlib & {
    zstdCompressSync?: (b: Uint8Array) => Buffer;
  };
  return zstdCompressSync?.(bytes) ?? null;
}

function namedPipe(): string {
  const pipe = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

/** Waits until the tool handles signals, and then has opened the pipe. */
async function untilWaiting(pid: number): Promise<void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
  while (!handlesSignals(pid)) await pause();
  // from the handler to the open file
  for (let i = 0; i < 20; i++) await pause();
}

/** True if SIGHUP, SIGINT and SIGTERM are caught. */
function handlesSignals(pid: number): boolean {
  const file = `/proc/${pid}/status`;
  const caught = /^SigCgt:.*([\da-f]{4})$/m.exec(
    existsSync(file) ? readFileSync(file, 'utf8') : '',
  )?.[1];
  return caught !== undefined && (Number.parseInt(caught, 16) & 0x4003) === 0x4003;
}
