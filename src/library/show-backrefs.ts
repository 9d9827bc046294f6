import { isMainThread } from 'node:worker_threads';
import type { Subgraph } from '../collect/subgraph.js';
import { ShowBackrefError } from '../errors.js';
import { describeMemoryNeed } from '../source/memory-need.js';
import { type StartedCall, startCall } from '../source/self-call.js';
import { readOptions, type ShowBackrefsOptions } from './options.js';
import type { SelfAnswer } from './self-worker.js';

/** More targets than this make no picture. */
const MOST_TARGETS = 20;
const LONGEST_TEXT = 40;

/**
 * Who holds `target` in this very program: walks its holders up to the GC roots, writes pictures of
 * that where asked to, and answers with the graph. The call itself is not among the holders.
 *
 * The heap is taken within the call, with the local variables of whoever calls; the program stands
 * still for that long. A worker does the rest, so `await` the answer before the program exits.
 *
 *     await showBackrefs(x, { out: 'backrefs.png' })
 *     await showBackrefs([x, y])   // both: nothing but the call holds this list
 *
 * @param target an object or function. A list that nothing but the call holds, such as one
 *   written in the call or made by `filter`, stands for the first 20 objects in it; any other list is
 *   a target like other objects.
 * @returns rejects with a ShowBackrefError: USAGE for what is no object and for wrong options,
 *   NOTHING_SELECTED when nothing held the target, SOURCE_* when this program cannot be looked at,
 *   RENDER_FAILED, OUTPUT_FAILED.
 */
export function showBackrefs(target: object, options: ShowBackrefsOptions = {}): Promise<Subgraph> {
  // Not an async function, and no closure in here: while suspended they would hold the target.
  try {
    checkTarget(target);
    checkThread();
    return answerOf(start(target, options));
  } catch (error) {
    return Promise.reject(error);
  }
}

function checkTarget(target: unknown): void {
  if (isObject(target)) return;
  const text = String(target);
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  const what = target === null || target === undefined ? 'no object' : `a ${typeof target}`;
  throw new ShowBackrefError(
    'USAGE',
    `"${shown}" is ${what}; only objects and functions have holders, give showBackrefs one of those`,
  );
}

function checkThread(): void {
  if (isMainThread) return;
  throw new ShowBackrefError(
    'SOURCE_REFUSED',
    'showBackrefs was called in a worker thread, whose heap cannot be looked at from within; call it in the main thread, or use openHeap() on what v8.writeHeapSnapshot() writes there',
  );
}

function start(target: object, options: ShowBackrefsOptions): StartedCall {
  const request = readOptions(options);
  if (options.quiet !== true) warnOfMemoryNeed();
  const targets = [target];
  const listLength = Array.isArray(target) ? addElements(target, targets) : 0;
  try {
    return startCall(targets, { ...request, listLength });
  } catch (cause) {
    throw workerFailed(cause as Error);
  }
}

/** At once, because afterwards there may be no program left to say it; nothing for a small heap. */
function warnOfMemoryNeed(): void {
  const sentence = describeMemoryNeed('this program', process.memoryUsage().heapUsed);
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
}

/** Adds the first objects of a list to the targets, and counts all of them. */
function addElements(list: readonly unknown[], targets: object[]): number {
  let count = 0;
  for (let index = 0; index < list.length; index++) {
    const element = list[index];
    if (!isObject(element)) continue;
    if (count < MOST_TARGETS) targets.push(element);
    count += 1;
  }
  return count;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function answerOf({ worker, end }: StartedCall): Promise<Subgraph> {
  return new Promise<Subgraph>((resolve, reject) => {
    worker.once('message', (answer: SelfAnswer) => {
      // it waits for this with its end
      worker.postMessage('taken');
      if ('subgraph' in answer) resolve(answer.subgraph);
      else reject(toError(answer.failure));
    });
    worker.once('error', (error: Error) => reject(workerFailed(error)));
    worker.once('exit', (code) => reject(workerFailed(new Error(`it ended with code ${code}`))));
  }).finally(end);
}

function toError(failure: Extract<SelfAnswer, { failure: unknown }>['failure']): ShowBackrefError {
  const { code, message, details, stack } = failure;
  const cause = Object.assign(new Error(message), { stack });
  return new ShowBackrefError(code, message, { cause, details });
}

function workerFailed(cause: Error): ShowBackrefError {
  const isMemory = (cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  const reason = isMemory ? 'there is not enough memory for its heap' : cause.message;
  return new ShowBackrefError(
    'SOURCE_UNREACHABLE',
    `cannot look into this program: ${reason}; save its heap with v8.writeHeapSnapshot() and use openHeap()`,
    { cause },
  );
}
