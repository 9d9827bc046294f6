import { readFileSync } from 'node:fs';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpack } from '../../src/source/file/compression.js';

/*
 * Tests the decoder of Node.js 20 on every Node.js: that of later ones is taken away.
 */
Object.defineProperty(zlib, 'createZstdDecompress', { value: undefined, configurable: true });

const PACKED = readFileSync('test/fixtures/zstd/three-frames.zst');
const TEXT = zlib
  .gunzipSync(readFileSync('test/fixtures/node-12/scenarios.heapsnapshot.gz'))
  .subarray(0, 300_000);
const NAME = { quoted: '"a.zst"', shellArgument: '"a.zst"' };

async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(length);
  for (let at = 0; at < bytes.length; at += length) {
    // as sources do: the next one comes in the same memory
    const piece = bytes.subarray(at, at + length);
    memory.set(piece);
    yield memory.subarray(0, piece.length);
  }
}

async function unpacked(bytes: Uint8Array, length = 65_536): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpack(pieces(bytes, length), NAME)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('zstd without the help of Node.js', () => {
  test.each([1, 7, 1000, 65_536, 1 << 20])('in pieces of %d bytes', async (length) => {
    expect((await unpacked(PACKED, length)).equals(TEXT)).toBe(true);
  });

  test('cut anywhere ends in one sentence, and never in less of the heap', async () => {
    for (let cut = 20; cut < PACKED.length; cut += 1999) {
      const message = await unpacked(PACKED.subarray(0, cut)).then(
        (text) => `${text.length} bytes`,
        (error) => error.message,
      );
      expect(message).toBe(
        '"a.zst" ends in the middle of its compressed data: copy or download it again',
      );
    }
  });

  test('damage is said', async () => {
    const damaged = Buffer.from(PACKED);
    damaged.fill(0xff, 2000, 2100);
    await expect(unpacked(damaged)).rejects.toMatchObject({
      ...{ code: 'SNAPSHOT_INVALID', message: expect.stringContaining('damaged compressed data') },
    });
  });

  test('a few bytes that stand for very many are refused before they are unpacked', async () => {
    // blocks of 128 kB of one byte each, in 4 bytes, without an end
    const head = Buffer.from('28b52ffd0058', 'hex');
    const block = Buffer.from('02001020', 'hex');
    const bomb = Buffer.concat([head, ...Array.from({ length: 20_000 }, () => block)]);
    await expect(unpacked(bomb)).rejects.toMatchObject({
      message: expect.stringContaining('unpacks to over 200 times its size'),
    });
  });
});
