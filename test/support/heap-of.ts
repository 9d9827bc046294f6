import { Readable } from 'node:stream';
import type { Heap } from '../../src/answer/heap.js';
import { readHeap } from '../../src/answer/load-heap.js';
import { PLAIN_WORK } from '../../src/answer/work.js';
import type { OpenedSource } from '../../src/source/opened-source.js';

/** The heap of a file that is in memory. */
export async function heapOf(file: Uint8Array | string): Promise<Heap> {
  const bytes = Readable.from([Buffer.from(file)]);
  const source: OpenedSource = {
    kind: 'snapshot',
    name: 'test',
    bytes,
    live: null,
    close: async () => undefined,
  };
  return (await readHeap(source, PLAIN_WORK)).heap;
}
