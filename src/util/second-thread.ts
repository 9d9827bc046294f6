import { once } from 'node:events';
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads';
import { entryFile } from './entry-file.js';

/** A task for the second thread, whose module knows the kinds. */
export interface Task {
  readonly kind: string;
}

/** The message that arrives there: a task and where to put the answer. */
export interface Assignment {
  readonly task: Task;
  readonly port: MessagePort;
  /** Becomes 1 when the answer is on its way. */
  readonly isDone: Int32Array;
}

/** Smaller files are read before a second thread has started. */
const LEAST_BYTES = 16 << 20;
/** It works on columns, outside of V8's heap: small spaces for new objects save memory. */
const LIMITS = { maxYoungGenerationSizeMb: 2 };
/** After this the caller does the work itself: a thread that ran out of memory never answers. */
const LONGEST_WAIT_MS = 60_000;

/** An answer of the second thread; null if it cannot help. */
export class Answer<T> {
  readonly #port: MessagePort;
  readonly #isDone: Int32Array;
  #isGivenUp = false;

  constructor(port: MessagePort, isDone: Int32Array) {
    this.#port = port;
    this.#isDone = isDone;
  }

  /** No answer will come, unless it is on its way already. */
  giveUp(): void {
    if (Atomics.load(this.#isDone, 0) === 1) return;
    this.#isGivenUp = true;
    this.#port.close();
  }

  /** Waits without stopping this thread. */
  async arrives(): Promise<T | null> {
    if (this.#isGivenUp) return null;
    const arrived = once(this.#port, 'message').then(([message]) => message as T | null);
    const ended = once(this.#port, 'close').then(() => null);
    const answer = await Promise.race([arrived, ended]);
    this.#port.close();
    return answer;
  }

  /** Stops this thread until the answer has arrived. */
  wait(): T | null {
    if (this.#isGivenUp) return null;
    Atomics.wait(this.#isDone, 0, 0, LONGEST_WAIT_MS);
    const received = receiveMessageOnPort(this.#port) as { readonly message: T | null } | undefined;
    this.#port.close();
    return received?.message ?? null;
  }
}

/**
 * A thread that takes over work on a large heap, one task after another. Everything works without
 * it, too, only more slowly; so any failure there is an answer of null. Does not keep the program
 * from ending.
 */
export class SecondThread {
  readonly #worker: Worker;
  readonly #answers: Pick<Answer<unknown>, 'giveUp'>[] = [];
  #isGone = false;

  /** Null for files that do not need one, and if the program cannot start threads. */
  static openFor(bytes: number, leastBytes = LEAST_BYTES): SecondThread | null {
    if (bytes < leastBytes) return null;
    const file = entryFile('#second-thread');
    try {
      return new SecondThread(new Worker(file, { execArgv: [], resourceLimits: LIMITS }));
    } catch {
      return null;
    }
  }

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#worker.on('error', () => undefined);
    this.#worker.once('exit', () => {
      this.#isGone = true;
      for (const answer of this.#answers) answer.giveUp();
    });
    this.#worker.unref();
  }

  start<T>(task: Task): Answer<T> {
    const { port1, port2 } = new MessageChannel();
    const isDone = new Int32Array(new SharedArrayBuffer(4));
    const assignment: Assignment = { task, port: port2, isDone };
    this.#worker.postMessage(assignment, [port2]);
    const answer = new Answer<T>(port1, isDone);
    this.#answers.push(answer);
    if (this.#isGone) answer.giveUp();
    return answer;
  }

  /** There will be no more tasks: the thread ends after the last one. */
  retire(): void {
    this.#worker.postMessage(null);
  }

  /** Ends the thread: after this nothing is written to the shared memory. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
