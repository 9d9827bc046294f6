import { setTimeout as wait } from 'node:timers/promises';
import { settlesWithin } from '../inspector/settles-within.js';

/**
 * How long to wait for a running process: it may work on a large heap for as long, although nobody
 * needs the result.
 */
const RUNNING_MS = 600_000;
/**
 * How long to wait for a process that job control or a debugger has stopped: it does nothing
 * meanwhile.
 */
const STOPPED_MS = 24 * 3_600_000;
const FIRST_STEP_MS = 5;
const LONGEST_STEP_MS = 500;

/**
 * How long a relay that nobody needs any longer waits for a program: ten minutes, not counting the
 * time for which its process is stopped, but no longer than a day.
 */
export class Patience {
  readonly #isStopped: () => Promise<boolean>;
  #runningMs = 0;
  #stoppedMs = 0;

  constructor(isStopped: () => Promise<boolean>) {
    this.#isStopped = isStopped;
  }

  /** True if `promise` settles in time. */
  async outlasts(promise: Promise<unknown>): Promise<boolean> {
    for (let step = FIRST_STEP_MS; !this.#isOver(); step = longer(step)) {
      if (await settlesWithin(promise, step)) return true;
      await this.#count(step);
    }
    return false;
  }

  /** Asks repeatedly until the answer is not null; null if that does not happen in time. */
  async awaits<T>(ask: () => Promise<T | null>): Promise<T | null> {
    for (let step = FIRST_STEP_MS; ; step = longer(step)) {
      const answer = await ask();
      if (answer !== null || this.#isOver()) return answer;
      await wait(step);
      await this.#count(step);
    }
  }

  #isOver(): boolean {
    return this.#runningMs >= RUNNING_MS || this.#stoppedMs >= STOPPED_MS;
  }

  async #count(ms: number): Promise<void> {
    if (await this.#isStopped()) this.#stoppedMs += ms;
    else this.#runningMs += ms;
  }
}

function longer(step: number): number {
  return Math.min(LONGEST_STEP_MS, step * 1.2);
}
