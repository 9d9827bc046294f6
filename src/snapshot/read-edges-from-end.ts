import { readSync } from 'node:fs';
import { EdgesFromEnd } from './edges-from-end.js';
import { findEdgesEnd } from './find-edges-end.js';
import type { EdgesRead, EdgesTask, ReadAt } from './second-reader.js';
import { BLOCK_BYTES, BLOCKS, HEAD_BYTES, TAKEN } from './second-reader.js';
import { PIECE_BYTES, TextKernel } from './text-kernel.js';

/**
 * The second thread's part of the edges; null means that the first thread has to read all of them.
 */
export function readEdgesFromEnd(task: EdgesTask): EdgesRead | null {
  let edges: EdgesRead | null = null;
  try {
    edges = readEdges(task);
  } catch {
    // a read error: the first thread meets it, too, and reports it
  }
  if (edges === null) Atomics.store(task.counters, BLOCKS, 0);
  return edges;
}

function readEdges({ fd, size, layout, arrays, counters }: EdgesTask): EdgesRead | null {
  const kernel = TextKernel.open();
  if (kernel === null) return null;
  const buffer = kernel.areas[0];
  const readAt: ReadAt = (position, length) =>
    buffer.subarray(0, readSync(fd, buffer, 0, Math.min(length, buffer.length), position));
  const end = findEdgesEnd(readAt, size);
  if (end === null || end <= HEAD_BYTES) return null;
  const blocks = Math.floor((end - HEAD_BYTES) / BLOCK_BYTES);
  Atomics.store(counters, BLOCKS, blocks);
  const edges = new EdgesFromEnd(layout, arrays, kernel);
  let start = end;
  for (
    let low = end;
    Atomics.add(counters, TAKEN, 1) < blocks && edges.count < layout.edgeCount;
  ) {
    low -= BLOCK_BYTES;
    for (let from = start; from > low && edges.count < layout.edgeCount; ) {
      from = Math.max(low, start - PIECE_BYTES);
      const at = edges.read(readAt(from, start - from));
      if (at === null) return null;
      start = from + at;
    }
  }
  return { start, end, count: edges.count, highestName: edges.highestName };
}
