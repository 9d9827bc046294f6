import { SecondThread } from './second-thread.js';

/**
 * A second thread for a file of a known size, started before the question is known: it takes a
 * while to be ready, during which the first thread loads code and reads options. It waits until it
 * is taken, and does not keep the program from ending.
 */
export class PrestartedThread {
  readonly #bytes: number;
  #thread: SecondThread | null;

  constructor(bytes: number) {
    this.#bytes = bytes;
    this.#thread = SecondThread.openFor(bytes);
  }

  /** The thread, only once, for the reader of a file of that size; null for others. */
  take(bytes: number): SecondThread | null {
    if (bytes !== this.#bytes) return null;
    const thread = this.#thread;
    this.#thread = null;
    return thread;
  }
}
