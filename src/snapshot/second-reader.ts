import type { Answer, SecondThread, Task } from '../util/second-thread.js';
import { MOST_RECORDS, sharedColumn } from './columns.js';
import { type EdgeArrays, leastBytesOfEdges, type ReadFromEnd } from './edge-columns.js';
import type { SnapshotLayout } from './snapshot-layout.js';
import { TEXT_BYTES } from './text-kernel.js';

/** Returns the bytes at a position; fewer at the end of the file. Valid until the next call. */
export type ReadAt = (position: number, length: number) => Uint8Array;

/**
 * A piece of the file, taken by the next free reader: the first from the front, the second from the
 * back.
 */
export const BLOCK_BYTES = TEXT_BYTES;
/** Read before the work is divided: the header must be known. */
export const HEAD_BYTES = 64 << 10;

/** Slots of the shared counters. */
export const TAKEN = 0;
/** The number of blocks to take; 0 while it is unknown. */
export const BLOCKS = 1;

/** The task of the second thread. */
export interface EdgesTask extends Task {
  readonly kind: 'edges';
  readonly fd: number;
  readonly size: number;
  readonly layout: SnapshotLayout;
  readonly arrays: EdgeArrays;
  readonly counters: Int32Array;
}

/** The last edges of the section, and the range of bytes they were read from. */
export interface EdgesRead extends ReadFromEnd {
  readonly start: number;
  /** The position of the section's closing bracket. */
  readonly end: number;
}

/**
 * A thread that reads the edges from their end towards the middle while this one reads from the
 * front. They take blocks from a common counter until none are left, so both end at the same time.
 */
export class SecondReader {
  readonly #thread: SecondThread;
  readonly #counters = new Int32Array(new SharedArrayBuffer(8));
  #answer: Answer<EdgesRead> | null = null;

  constructor(thread: SecondThread) {
    this.#thread = thread;
  }

  /** Starts the thread. Returns the arrays it fills; null if it cannot help. */
  start(layout: SnapshotLayout, file: { fd: number; size: number }): EdgeArrays | null {
    if (!isUsual(layout) || leastBytesOfEdges(layout.edgeCount) > file.size) return null;
    // 0 if the writer did not count
    if (layout.edgeCount === 0 || layout.edgeCount > MOST_RECORDS) return null;
    const arrays = sharedArrays(layout.edgeCount);
    const { fd, size } = file;
    const task: EdgesTask = {
      kind: 'edges',
      ...{ fd, size, layout, arrays, counters: this.#counters },
    };
    this.#answer = this.#thread.start<EdgesRead>(task);
    return arrays;
  }

  /** Takes the next block for the first reader; false if the second one has the rest. */
  takeBlock(): boolean {
    const taken = Atomics.add(this.#counters, TAKEN, 1);
    const blocks = Atomics.load(this.#counters, BLOCKS);
    return blocks === 0 || taken < blocks;
  }

  /** The part that was read from the end; null if it cannot be used. */
  async finish(): Promise<EdgesRead | null> {
    return this.#answer === null ? null : this.#answer.arrives();
  }
}

function sharedArrays(count: number): EdgeArrays {
  return {
    types: sharedColumn(Uint8Array, count),
    names: sharedColumn(Uint32Array, count),
    targets: sharedColumn(Uint32Array, count),
  };
}

function isUsual({ edge }: SnapshotLayout): boolean {
  const { stride, type, nameOrIndex, toNode } = edge;
  return stride === 3 && type === 0 && nameOrIndex === 1 && toNode === 2;
}
