import { readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { EdgesFromEnd } from './edges-from-end.js';
import { findEdgesEnd } from './find-edges-end.js';
import type { EdgesRead, ReadAt, SecondTask } from './second-reader.js';
import { BLOCK_BYTES, BLOCKS, HEAD_BYTES, TAKEN } from './second-reader.js';

/*
 * The second thread of reading a large file: one SecondTask comes in, one EdgesRead or null goes
 * out. Null takes back what was promised, and the first thread reads everything itself.
 */

/** A block, the record its end cuts, and some room. */
const BUFFER_BYTES = BLOCK_BYTES + HEAD_BYTES;

function readEdges({ fd, size, layout, arrays, counters }: SecondTask): EdgesRead | null {
  const buffer = new Uint8Array(BUFFER_BYTES);
  const readAt: ReadAt = (position, length) =>
    buffer.subarray(0, readSync(fd, buffer, 0, Math.min(length, buffer.length), position));
  const end = findEdgesEnd(readAt, size);
  if (end === null || end <= HEAD_BYTES) return null;
  const blocks = Math.floor((end - HEAD_BYTES) / BLOCK_BYTES);
  Atomics.store(counters, BLOCKS, blocks);
  const edges = new EdgesFromEnd(layout, arrays);
  let start = end;
  for (
    let low = end;
    Atomics.add(counters, TAKEN, 1) < blocks && edges.count < layout.edgeCount;
  ) {
    low -= BLOCK_BYTES;
    const at = edges.read(readAt(low, start - low), start - low);
    if (at === null) return null;
    start = low + at;
  }
  return { start, end, count: edges.count, highestName: edges.highestName };
}

parentPort?.once('message', (task: SecondTask) => {
  let answer: EdgesRead | null = null;
  try {
    answer = readEdges(task);
  } catch {
    // a read error: the first thread meets it too and says so
  }
  if (answer === null) Atomics.store(task.counters, BLOCKS, 0);
  parentPort?.postMessage(answer);
});
