import { setImmediate } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import { ShowBackrefError } from '../errors.js';
import { describeMemoryNeed } from '../source/inspector/foretell-cost.js';
import { type StartedCall, startCall } from '../source/self/self-call.js';
import { spell } from '../util/sentence.js';
import type { PromptObjects } from './own-part.js';
import type { Answers, Question } from './questions.js';
import type { SelfAnswer } from './self-answer.js';

/** Turns of the event loop in which Node.js closes the resources of a worker that has ended. */
const CLOSING_TURNS = 3;

/** The options of how a call of the library is made. */
export interface CallOptions {
  /** The function that was called, for messages. */
  readonly name: string;
  /** Do not warn of a large heap. */
  readonly quiet: boolean;
  /** The objects of the prompt where the call was typed; they are left out of the answer. */
  readonly prompt?: PromptObjects;
}

/**
 * Has a worker look at the program it runs in, and answer. The heap is taken before this returns.
 *
 * @param targets is emptied, so that the call does not hold them.
 * @throws ShowBackrefError SOURCE_REFUSED, SOURCE_UNREACHABLE.
 */
export function askProgram<Q extends Question>(
  targets: object[],
  question: Q,
  { name, quiet, prompt }: CallOptions,
): Promise<Answers[Q['kind']]> {
  // Neither an async function nor one with a closure: while suspended, these would hold the
  // targets.
  checkThread(name);
  if (!quiet) warnOfMemoryNeed();
  const isPrompt = prompt !== undefined;
  if (isPrompt) targets.push(prompt.server, prompt.context);
  return answerOf(start(targets, { ...question, isPrompt })) as Promise<Answers[Q['kind']]>;
}

function checkThread(name: string): void {
  if (isMainThread) return;
  throw new ShowBackrefError(
    'SOURCE_REFUSED',
    `${name} was called in a worker thread, whose heap cannot be read from within; call it in the main thread, or use openHeap() on a file that v8.writeHeapSnapshot() writes there`,
  );
}

function start(targets: object[], question: Question): StartedCall {
  try {
    return startCall(targets, question);
  } catch (cause) {
    throw workerFailed(cause as Error);
  }
}

/**
 * Warns at once, because the program might not survive to say it later; says nothing for a small
 * heap.
 */
function warnOfMemoryNeed(): void {
  const sentence = describeMemoryNeed('this program', process.memoryUsage().heapUsed);
  if (sentence !== null) process.stderr.write(`${sentence}\n`);
}

function answerOf({ worker, end }: StartedCall): Promise<unknown> {
  return new Promise<unknown>((resolve, reject) => {
    let answer: SelfAnswer | null = null;
    worker.once('message', (message: SelfAnswer) => {
      answer = message;
      // the worker waits for this message before it ends
      worker.postMessage('taken');
    });
    worker.once('error', (error: Error) => reject(workerFailed(error)));
    // not earlier: the next call must not count what this one left, on the stack too
    worker.once('exit', async (code) => {
      for (let turn = 0; turn < CLOSING_TURNS; turn++) await setImmediate();
      if (answer === null) reject(workerFailed(new Error(`it ended with code ${code}`)));
      else if ('answer' in answer) resolve(answer.answer);
      else reject(toError(answer.failure));
    });
  }).finally(end);
}

function toError(failure: Extract<SelfAnswer, { failure: unknown }>['failure']): ShowBackrefError {
  const { code, sentences, stack } = failure;
  const [message = '', ...details] = sentences;
  const cause = Object.assign(new Error(spell(message, 'names')), { stack });
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
