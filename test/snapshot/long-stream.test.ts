import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../src/snapshot/read-snapshot.js';
import { HeapBuilder } from '../support/heap-builder.js';

const CHUNK = new Uint8Array(64 << 20).fill(0x61);
const BEYOND_32_BITS = 65 * CHUNK.length;

/** A small heap after more than 4 GiB of an unknown section; never in memory at once. */
async function* longStream(text: string): AsyncGenerator<Uint8Array> {
  const at = text.indexOf('"nodes"');
  yield Buffer.from(`${text.slice(0, at)}"padding":"`);
  for (let sent = 0; sent < BEYOND_32_BITS; sent += CHUNK.length) yield CHUNK;
  yield Buffer.from(`",${text.slice(at)}`);
}

function smallHeap(): HeapBuilder {
  const heap = new HeapBuilder();
  return heap.edge(heap.root, 'property', 'a', heap.node('object', 'A'));
}

describe('a stream of more than 4 GiB', () => {
  it('is read', async () => {
    let last = 0;
    const tables = await readSnapshot(longStream(smallHeap().text()), {
      name: 'long',
      onProgress: (bytes) => {
        last = bytes;
      },
    });
    expect([tables.nodeCount, tables.edgeCount]).toEqual([2, 1]);
    expect(last).toBeGreaterThan(2 ** 32);
  });

  it('says at which byte it is damaged', async () => {
    const text = smallHeap().text();
    const damaged = text.replace('"edges":[', '"edges":[x');
    const at = BEYOND_32_BITS + '"padding":"",'.length + damaged.indexOf('[x') + 1;
    await expect(readSnapshot(longStream(damaged), { name: 'long' })).rejects.toThrow(
      `in section "edges" at byte ${at}: unexpected "x"`,
    );
  });
});
