import { parentPort, workerData } from 'node:worker_threads';
import { ShowBackrefError } from '../errors.js';
import type { Question } from '../program/questions.js';
import type { Failure, SelfAnswer } from '../program/self-answer.js';
import { advance, type SelfWorkerData, Step } from '../source/self/self-protocol.js';
import { openSelf, type SelfSource } from '../source/self/self-source.js';

/*
 * Looks at the program that made a call of the library, answers with one message, and ends when it
 * gets one: Node.js 20 sometimes crashes when a thread ends before the main thread has closed its
 * inspector session; the main thread has closed it once it reads our message.
 */

async function answer(data: SelfWorkerData<Question>): Promise<SelfAnswer> {
  let source: SelfSource | undefined;
  try {
    const opening = openSelf(data);
    // loaded while the program gets ready, so that the program is not stopped for that
    const [opened, { answerQuestion }] = await Promise.all([
      opening,
      import('../program/answer-question.js'),
    ]);
    source = opened;
    return { answer: await answerQuestion(source, data.request) };
  } catch (error) {
    giveUp(new Int32Array(data.step));
    return { failure: toFailure(error) };
  } finally {
    await source?.close();
  }
}

/** Releases the call at once: it must not wait for us. */
function giveUp(step: Int32Array): void {
  for (const current of [Step.starting, Step.connected, Step.ready]) {
    advance(step, current, Step.failed);
  }
}

function toFailure(error: unknown): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof ShowBackrefError) {
    return { code: error.code, sentences: error.sentences, stack };
  }
  const text = `cannot look into this program: ${message}; save its heap with v8.writeHeapSnapshot() and use openHeap()`;
  return { code: 'SOURCE_UNREACHABLE', sentences: [text], stack };
}

parentPort?.once('message', () => undefined);
parentPort?.postMessage(await answer(workerData as SelfWorkerData<Question>));
