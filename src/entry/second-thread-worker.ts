import { parentPort } from 'node:worker_threads';
import { type DominatorsTask, findDominators } from '../graph/compute-dominators.js';
import { type ClassesTask, classifyBlocks } from '../graph/edge-classes.js';
import { indexRetainers, type RetainersTask } from '../graph/retainers.js';
import { readEdgesFromEnd } from '../snapshot/read-edges-from-end.js';
import type { EdgesTask } from '../snapshot/second-reader.js';
import type { Assignment } from '../util/second-thread.js';

/** The second thread that works on a large heap: takes tasks one after another. */
type KnownTask = EdgesTask | RetainersTask | ClassesTask | DominatorsTask;

function perform(task: KnownTask): unknown {
  switch (task.kind) {
    case 'edges':
      return readEdgesFromEnd(task);
    case 'retainers':
      return indexRetainers(task);
    case 'classes':
      return classifyBlocks(task);
    case 'dominators':
      return findDominators(task);
  }
}

parentPort?.on('message', (assignment: Assignment | null) => {
  if (assignment === null) parentPort?.close();
  else answer(assignment);
});

function answer({ task, port, isDone }: Assignment): void {
  let found: unknown = null;
  try {
    found = perform(task as KnownTask);
  } catch {
    // no memory, for example: the thread that asked does the work itself
  }
  port.postMessage(found, columnsOf(found));
  port.close();
  Atomics.store(isDone, 0, 1);
  Atomics.notify(isDone, 0);
}

/** The memory of an answer's columns, which is handed over and not copied. */
function columnsOf(answer: unknown): ArrayBuffer[] {
  const values: unknown[] = answer === null ? [] : Object.values(answer as object);
  return values.flatMap((value) => {
    const isOwn = ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer;
    return isOwn ? [value.buffer as ArrayBuffer] : [];
  });
}
