import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpack } from '../../src/source/file/compression.js';
import { openFile, openStandardInput } from '../../src/source/file/file-source.js';
import { readAll } from './script-harness.js';

/** Beyond one read, with all byte values, and hard to compress so that packed it is, too. */
const HEAP = Buffer.alloc(5_000_003);
for (let at = 0, state = 1; at < HEAP.length; at++) {
  state = (state * 48271) % 2147483647;
  HEAP[at] = at % 3 === 0 ? at : state;
}

const { zstdCompressSync } = zlib as typeof zlib & {
  zstdCompressSync?: (bytes: Uint8Array) => Buffer;
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showbackref-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeTemporary(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function readFileSource(path: string): Promise<Buffer> {
  const source = await openFile(path);
  try {
    return await readAll(source.bytes);
  } finally {
    await source.close();
  }
}

describe('openFile', () => {
  test.each([
    ['plain bytes', () => HEAP],
    ['no byte', () => Buffer.alloc(0)],
    ['one byte', () => Buffer.from('{')],
    ['the first byte of gzip alone', () => Buffer.from([0x1f])],
  ])('passes %s through', async (name, make) => {
    const bytes = make();
    const read = await readFileSource(await writeTemporary(name, bytes));
    expect(read.equals(bytes)).toBe(true);
  });

  test.each([
    ['one member', () => zlib.gzipSync(HEAP)],
    [
      'two members',
      () => [HEAP.subarray(0, 7), HEAP.subarray(7)].map((part) => zlib.gzipSync(part)),
    ],
    ['little packed into much', () => zlib.gzipSync(HEAP, { level: 0 })],
  ])('unpacks gzip of %s, whatever its name', async (_what, make) => {
    const path = await writeTemporary('named.heapsnapshot', Buffer.concat([make()].flat()));
    expect((await readFileSource(path)).equals(HEAP)).toBe(true);
  });

  test.runIf(zstdCompressSync)('unpacks zstd', async () => {
    const path = await writeTemporary('a.heapsnapshot.zst', zstdCompressSync!(HEAP));
    expect((await readFileSource(path)).equals(HEAP)).toBe(true);
  });

  test('ignores padding after the data of a gzip file', async () => {
    const packed = Buffer.concat([zlib.gzipSync(HEAP), Buffer.alloc(512)]);
    expect((await readFileSource(await writeTemporary('padded.gz', packed))).equals(HEAP)).toBe(
      true,
    );
  });

  test.runIf(zstdCompressSync).each([7, HEAP.length - 7])(
    'never drops the second of two zstd frames, at %d',
    async (cut) => {
      const frames = [HEAP.subarray(0, cut), HEAP.subarray(cut)].map((part) =>
        zstdCompressSync!(part),
      );
      const path = await writeTemporary('two.zst', Buffer.concat(frames));
      const outcome = await readFileSource(path).catch((error) => error.message);
      if (typeof outcome === 'string')
        expect(outcome).toMatch(/several zstd frames.*zstd -dc ".*" \|/);
      else expect(outcome.equals(HEAP)).toBe(true);
    },
  );

  test('refuses a damaged zip archive with a hint', async () => {
    const path = await writeTemporary('a.zip', 'PK\u0003\u0004 and so on');
    await expect(readFileSource(path)).rejects.toMatchObject({
      code: 'SNAPSHOT_INVALID',
      message: expect.stringMatching(
        /^".*a\.zip" is a zip archive that cannot be read \(.*\): .* unzip -p ".*" \|/,
      ),
    });
  });

  test.each([9, 1000, 3_000_000])('names a gzip file cut by %d bytes', async (cut) => {
    const path = await writeTemporary('cut.gz', zlib.gzipSync(HEAP).subarray(0, -cut));
    await expect(readFileSource(path)).rejects.toMatchObject({
      code: 'SNAPSHOT_TRUNCATED',
      message: expect.stringMatching(/^".*cut\.gz" ends in the middle of its compressed data: /),
      cause: { code: 'Z_BUF_ERROR' },
    });
  });

  test('names a damaged gzip file', async () => {
    const packed = zlib.gzipSync(HEAP);
    packed.fill(0xff, 1_000_000, 1_000_100);
    const path = await writeTemporary('damaged.gz', packed);
    await expect(readFileSource(path)).rejects.toMatchObject({
      code: 'SNAPSHOT_INVALID',
      message: expect.stringMatching(/^".*damaged\.gz" has damaged compressed data: /),
    });
  });

  test('says that there is no such file', async () => {
    const path = join(folder, 'missing "quoted".heapsnapshot');
    await expect(openFile(path)).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
      message: `there is no file ${JSON.stringify(path)}: check the path`,
      cause: { code: 'ENOENT' },
    });
  });

  test('says that a folder is a folder', async () => {
    await expect(openFile(folder)).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
      message: expect.stringContaining('is a folder: name a heap snapshot file in it'),
    });
  });

  const isRoot = process.getuid?.() === 0;
  test.skipIf(isRoot || process.platform === 'win32')(
    'says that reading is not permitted',
    async () => {
      const path = await writeTemporary('secret', 'x');
      await chmod(path, 0);
      await expect(openFile(path)).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    },
  );

  test('closes twice, also when nothing or only a part was read', async () => {
    const path = await writeTemporary('big.gz', zlib.gzipSync(HEAP));
    const unread = await openFile(path);
    await unread.close();
    await unread.close();
    const partly = await openFile(path);
    for await (const chunk of partly.bytes) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await partly.close();
    await partly.close();
  });
});

describe('openStandardInput', () => {
  async function readPieces(pieces: Iterable<Uint8Array | string>): Promise<Buffer> {
    const source = openStandardInput(Readable.from(pieces, { objectMode: true }));
    expect(source).toMatchObject({ kind: 'snapshot', name: 'standard input', live: null });
    return readAll(source.bytes).finally(() => source.close());
  }

  function* cut(bytes: Buffer, size: number): Generator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }

  const small = HEAP.subarray(0, 5000);
  test.each([1, 3, 7, 65_536])('reads plain and gzip in pieces of %d bytes', async (size) => {
    expect((await readPieces(cut(small, size))).equals(small)).toBe(true);
    expect((await readPieces(cut(zlib.gzipSync(small), size))).equals(small)).toBe(true);
  });

  test('takes text', async () => {
    expect((await readPieces(['{"snapshot"', ':{}}'])).toString()).toBe('{"snapshot":{}}');
  });

  test('names standard input when its data is cut', async () => {
    const packed = zlib.gzipSync(small).subarray(0, -10);
    await expect(readPieces(cut(packed, 100))).rejects.toMatchObject({
      code: 'SNAPSHOT_TRUNCATED',
      message: expect.stringMatching(/^standard input ends in the middle/),
    });
  });

  test.each(['plain', 'gzip'])('keeps the cause when reading %s fails', async (packing) => {
    function* failing() {
      yield packing === 'gzip' ? zlib.gzipSync(small).subarray(0, 100) : small;
      throw new Error('the pipe broke');
    }
    await expect(readPieces(failing())).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: 'cannot read standard input to its end: the pipe broke',
      cause: { message: 'the pipe broke' },
    });
  });
});

test.each([1, 3, 4, 1000])('unpack lets its source reuse %d bytes of memory', async (size) => {
  async function* fill(bytes: Uint8Array) {
    const reused = Buffer.alloc(size);
    for (let at = 0; at < bytes.length; at += size) {
      reused.set(bytes.subarray(at, at + size));
      yield reused.subarray(0, bytes.length - at);
    }
  }
  const small = HEAP.subarray(0, 5000);
  const name = { quoted: 'it', shellArgument: '' };
  expect((await readAll(unpack(fill(small), name))).equals(small)).toBe(true);
  expect((await readAll(unpack(fill(zlib.gzipSync(small)), name))).equals(small)).toBe(true);
});

test('a folder inside the folder of a file is not a file', async () => {
  await mkdir(join(folder, 'inner.heapsnapshot'));
  await expect(openFile(join(folder, 'inner.heapsnapshot'))).rejects.toMatchObject({
    code: 'SOURCE_NOT_FOUND',
  });
});
