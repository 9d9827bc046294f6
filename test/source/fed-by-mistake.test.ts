import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openFile, openStandardInput } from '../../src/source/file/file-source.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { zipOf } from '../support/zip-file.js';
import { readAll } from './script-harness.js';

/** The source layer only reads the beginning; the rest are characters that are easily lost. */
const TEXT = `{"snapshot":{"meta":{}},"nodes":[1,\n2],"strings":["a\\"b\\\\c","é€😀","\\u00e9\\t"]}`;
const HEAP = Buffer.from(TEXT);

async function read(bytes: Uint8Array, name = 'a.heapsnapshot'): Promise<string> {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  const source = await openFile(path);
  try {
    return (await readAll(source.bytes)).toString();
  } finally {
    await source.close();
  }
}

async function readPiped(bytes: Buffer, size: number): Promise<string> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  const source = openStandardInput(Readable.from(pieces, { objectMode: true }));
  return (await readAll(source.bytes)).toString();
}

const utf16 = Buffer.from(`\ufeff${TEXT}`, 'utf16le');

describe('a heap is read', () => {
  test.each<[string, Buffer]>([
    ['as it is', HEAP],
    ['packed twice', zlib.gzipSync(zlib.gzipSync(HEAP))],
    ['with white space before it', Buffer.from(`\r\n\t ${TEXT}`)],
    [
      'with what a program printed before it',
      Buffer.from(`Debugger attached.\n[1] {"a":2}\n${TEXT}`),
    ],
    ['with a page of other text before it', Buffer.from(`${'x\n'.repeat(50_000)}${TEXT}`)],
    ['with the mark of UTF-8', Buffer.from(`\ufeff${TEXT}`)],
    ['as UTF-16', utf16],
    ['as UTF-16 with the other order of bytes', Buffer.from(utf16).swap16()],
    ['as UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
    ['as one JSON string', Buffer.from(JSON.stringify(TEXT))],
    ['as one JSON string in ASCII', Buffer.from(toAscii(JSON.stringify(TEXT)))],
    ['as one JSON string and packed', zlib.gzipSync(Buffer.from(`\n${JSON.stringify(TEXT)}\n`))],
  ])('%s', async (_, bytes) => {
    expect((await read(bytes)).replace(/^\ufeff?\s*/, '')).toBe(TEXT);
    for (const size of [1, 7, 100_000]) {
      expect((await readPiped(bytes, size)).replace(/^\ufeff?\s*/, '')).toBe(TEXT);
    }
  });

  test('as the one file of a zip archive, whatever macOS adds', async () => {
    const extra = { '__MACOSX/._a.heapsnapshot': Buffer.from('x'), 'in/': Buffer.alloc(0) };
    expect(await read(zipOf({ ...extra, 'in/a.heapsnapshot': HEAP }), 'a.zip')).toBe(TEXT);
    expect(await read(zipOf({ 'a.gz': zlib.gzipSync(HEAP) }), 'a.zip')).toBe(TEXT);
  });

  test('as the one file of a zip archive from standard input', async () => {
    const archive = zipOf({ '__MACOSX/._a': Buffer.from('x'), 'in/a.heapsnapshot': HEAP });
    for (const size of [1, 7, 100_000]) expect(await readPiped(archive, size)).toBe(TEXT);
    expect(await readPiped(zlib.gzipSync(archive), 100)).toBe(TEXT);
    await expect(readPiped(zipOf({ 'a b': HEAP, c: HEAP }), 100)).rejects.toThrow(
      /^standard input is a zip archive of several files .*: choose one with unzip -p FILE\.zip "a b" \| showbackref -$/,
    );
  });

  test('and the text before it is counted, unless it is only a mark or white space', async () => {
    const skipped = async (before: string) => {
      const source = openStandardInput(Readable.from([Buffer.from(before), HEAP]));
      await readAll(source.bytes);
      return source.skipped?.();
    };
    expect(await skipped('Debugger attached.\n')).toBe(19);
    expect(await skipped('\ufeff \n')).toBe(0);
    expect(await skipped('')).toBe(0);
  });

  test('with brotli, which only the name shows', async () => {
    const packed = zlib.brotliCompressSync(HEAP);
    expect(await read(packed, 'a.heapsnapshot.br')).toBe(TEXT);
    expect(await read(HEAP, 'not.br')).toBe(TEXT);
    await expect(read(packed.subarray(0, -5), 'a.br')).rejects.toMatchObject({
      code: 'SNAPSHOT_TRUNCATED',
    });
    await expect(read(Buffer.alloc(90, 0xfb), 'a.br')).rejects.toThrow('damaged compressed data');
  });

  test('of many megabytes as one JSON string, piece by piece', async () => {
    const long = `{"snapshot":{},"strings":["${'é\\n'.repeat(1_000_000)}"]}`;
    expect((await read(Buffer.from(JSON.stringify(long)))) === long).toBe(true);
  });
});

/** Each with the program that wrote it or the next command. */
describe('what is not a heap is called by its name', () => {
  const tar = Buffer.alloc(1024);
  tar.write('dir/a.heapsnapshot', 0);
  tar.write('ustar', 257);
  const core = Buffer.alloc(64);
  core.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
  const CAPTURE = 'take a heap snapshot instead, for example with showbackref capture pid:N';

  test.each<[string, string | Uint8Array, string]>([
    ['a.xz', Buffer.from('fd377a585a0000', 'hex'), 'compressed with xz: use xz -dc FILE |'],
    ['a.bz2', 'BZh91AY&SYabc', 'compressed with bzip2: use bzip2 -dc FILE | showbackref -'],
    ['a.7z', Buffer.from('377abcaf271c0004', 'hex'), 'compressed with 7-Zip: use 7z x -so FILE |'],
    ['a.tar', tar, 'a tar archive: use tar -xOf FILE "dir/a.heapsnapshot" | showbackref -'],
    ['a.tar.gz', zlib.gzipSync(tar), 'a tar archive: use tar -xOf FILE "dir/a.heapsnapshot" |'],
    [
      'a.cpuprofile',
      '{"nodes":[{"id":1,"callFrame":{}}]}',
      `a CPU profile (.cpuprofile), which has no objects: ${CAPTURE}`,
    ],
    [
      'a.heapprofile',
      '{"head":{"callFrame":{}}}',
      `a sampling profile (.heapprofile), which has no references: ${CAPTURE}`,
    ],
    ['trace.json', '{"traceEvents":[]}', `a Chrome trace, which has no objects: ${CAPTURE}`],
    ['list.json', '[{"pid":1,"ph":"X"}]', 'a Chrome trace'],
    ['a.json', '{"version":3,"type":"Inspector"}', 'in JavaScriptCore’s own format (Safari, Bun)'],
    ['m.json', '{"version":1,"hasMozMallocUsableSize":true}', 'a memory report of Firefox'],
    ['a.fxsnapshot', zlib.gzipSync('\x09\x08\x01'), 'a heap snapshot of Firefox'],
    ['a.hprof', 'JAVA PROFILE 1.0.2\0', 'a heap dump of a Java program (hprof): open it with'],
    ['a.gcdump', '\x14\0\0\0!FastSerialization.1', 'a dump of a .NET program'],
    ['a.dmp', 'MDMP\x93\xa7', 'a dump of a Windows process'],
    ['a.pickle', Buffer.from([0x80, 4, 0x95, 0, 0]), 'data of a Python program: use objgraph'],
    ['core', core, 'a core dump of a process'],
    ['a.html', '\r\n<!DOCTYPE html><p>404', 'an HTML page, such as the error page of a server'],
    ['lfs', 'version https://git-lfs.github.com/spec/v1\n', 'a pointer of Git LFS'],
  ])('%s', async (name, content, words) => {
    const failure = await read(Buffer.from(content), name).then(
      () => null,
      (error) => error,
    );
    const { code, message } = failure;
    expect(code).toBe('SNAPSHOT_INVALID');
    expect(message.replace(/(?<=-dc |-so |-xOf )"[^"]*"/, 'FILE')).toContain(`" is ${words}`);
  });

  test('a zip archive of two, with one of them', async () => {
    const reading = read(zipOf({ 'a b.heapsnapshot': HEAP, 'b.txt': HEAP }), 'two.zip');
    await expect(reading).rejects.toThrow(
      /two\.zip" is a zip archive of several files \("a b\.heapsnapshot", "b\.txt"\): choose one with unzip -p ".*two\.zip" "a b\.heapsnapshot" \| showbackref -$/,
    );
  });

  test('no name from an archive is put where a shell would execute it', async () => {
    const files = { '$(touch x)': HEAP, '-o': HEAP };
    await expect(read(zipOf(files), 'two.zip')).rejects.toThrow(/two\.zip" MEMBER \| showbackref/);
  });

  test('an empty zip archive', async () => {
    for (const archive of [zipOf({}), zipOf({ 'a/': Buffer.alloc(0) })]) {
      const reading = read(archive, 'a.zip');
      await expect(reading).rejects.toThrow('is a zip archive without a file in it');
    }
  });

  test('anything else is left to the reader of heaps', async () => {
    expect(await read(Buffer.from('Hello, world'))).toBe('Hello, world');
    expect(await read(Buffer.from('{"nodes":[]}'))).toBe('{"nodes":[]}');
  });
});

function toAscii(json: string): string {
  return json.replace(
    /[^\0-~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
