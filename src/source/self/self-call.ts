import { Worker } from 'node:worker_threads';
import { entryFile } from '../../util/entry-file.js';
import { pushAll } from '../../util/many.js';
import {
  advance,
  CALLS,
  type PendingCall,
  type PendingCalls,
  releaseLock,
  type SelfWorkerData,
  Step,
} from './self-protocol.js';

/** The longest time for a worker to start; a debugger may hold it until the call has returned. */
const START_MS = 10_000;
/** The number of turns of a loop; V8 takes a command between two turns, so one would be enough. */
const TURNS = 50;
/** Only a limit: the program's own, which may be small, would apply to the worker, too. */
const WORKER_HEAP_MB = 4096;

/** One for all calls of this program: see `SelfWorkerData`. */
const lock = new SharedArrayBuffer(4);

export interface StartedCall {
  /** Looks at the program, answers with one message, and ends when it gets one. */
  readonly worker: Worker;
  /** Forgets the targets, whether or not the worker has seen them. */
  end(): void;
}

/**
 * Stops the program where it is, within this call, until a worker has taken its heap. Returns as
 * soon as V8 has written the heap, while the worker is still reading it.
 *
 * If the program cannot be stopped, because a debugger is evaluating this call, returns at once:
 * the worker takes the heap as soon as the debugger has finished that.
 *
 * @param targets is emptied.
 * @throws Error if no worker can be started.
 */
export function startCall(targets: object[], request: unknown): StartedCall {
  const step = new Int32Array(new SharedArrayBuffer(4));
  // before the worker exists, whose first command may come at any time
  const call = publish(targets);
  try {
    const worker = startWorker({
      step: step.buffer as SharedArrayBuffer,
      lock,
      number: call.number,
      targets: call.range,
      ownFolder: new URL('../../', import.meta.url).href,
      request,
    });
    if (isWorkerReady(step, call)) showbackrefStop();
    leave(step);
    return { worker, end: () => call.end() };
  } catch (error) {
    call.end();
    throw error;
  }
}

/** Starts the compiled worker, as for the layout: a thread of Node's cannot run our TypeScript. */
function startWorker(workerData: SelfWorkerData<unknown>): Worker {
  const worker = new Worker(entryFile('#self-worker'), {
    workerData,
    // output of Node.js in there is not the program's
    stdout: true,
    stderr: true,
    // neither the program's loaders nor its NODE_OPTIONS apply to the worker
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
  });
  const { threadId } = worker;
  // a worker that runs out of memory cannot do it itself
  worker.once('exit', () => releaseLock(lock, threadId));
  return worker;
}

interface PublishedCall extends PendingCall {
  readonly number: number;
  readonly range: readonly [number, number];
}

/** Moves the targets to where the worker finds them. */
function publish(targets: object[]): PublishedCall {
  const globals = globalThis as { [CALLS]?: PendingCalls };
  const calls = globals[CALLS] ?? { targets: [], byNumber: {} };
  let number = 0;
  while (number in calls.byNumber) number += 1;
  const start = calls.targets.length;
  const end = pushAll(calls.targets, targets.splice(0));
  const call: PublishedCall = {
    number,
    range: [start, end],
    isHeard: false,
    end() {
      if (calls.byNumber[number] !== call) return;
      calls.targets.fill(undefined, start, end);
      delete calls.byNumber[number];
      if (Object.keys(calls.byNumber).length === 0) delete globals[CALLS];
    },
  };
  calls.byNumber[number] = call;
  const descriptor = { value: calls, enumerable: false, configurable: true, writable: true };
  Object.defineProperty(globals, CALLS, descriptor);
  return call;
}

/**
 * Waits for the worker, and finds out whether the program can take its commands: not while it is in
 * the middle of a debugger's command, by which this call may have been made.
 */
function isWorkerReady(step: Int32Array, call: PendingCall): boolean {
  waitWhile(step, Step.starting);
  for (let turn = 0; turn < TURNS && !call.isHeard; turn++) {
    if (Atomics.load(step, 0) !== Step.connected) break;
    Atomics.wait(step, 0, Step.connected, 1);
  }
  if (!call.isHeard) return false;
  waitWhile(step, Step.connected);
  return Atomics.load(step, 0) === Step.ready;
}

/** Waits in short turns: V8 takes the worker's commands in between. */
function waitWhile(step: Int32Array, current: Step): void {
  const last = performance.now() + START_MS;
  while (Atomics.load(step, 0) === current && performance.now() < last) {
    Atomics.wait(step, 0, current, 1);
  }
}

/** Leaves the call, unless the worker was quicker. */
function leave(step: Int32Array): void {
  const steps = [Step.starting, Step.connected, Step.ready];
  // in order: the worker can only have moved on to the next step meanwhile
  steps.some((current) => advance(step, current, Step.left));
}

/** self-source.ts finds this function by its name. */
function showbackrefStop(): void {
  // biome-ignore lint/suspicious/noDebugger: stopping the program is what this is for.
  debugger;
}
