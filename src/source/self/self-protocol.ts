/**
 * The protocol between a call of the library and the worker that looks at its program. Small: all
 * of it is loaded into the program that is looked at.
 */

/**
 * The progress of the two, in an Int32 that both see. The worker goes from `starting` to `ready`,
 * upon which the call stops the program; the first of the two takes the last step.
 */
export const Step = {
  /** The worker has not started yet. */
  starting: 0,
  /** Its first commands wait for the program to take them. */
  connected: 1,
  /** The program's debugger is enabled and waits for the call to stop. */
  ready: 2,
  /** The program stands still within the call. */
  paused: 3,
  /** The call has returned; the worker looks when it can. */
  left: 4,
  /** The worker gave up. */
  failed: 5,
} as const;

export type Step = (typeof Step)[keyof typeof Step];

/** The global variable that holds `PendingCalls`, there only while calls wait for their workers. */
export const CALLS = 'showbackrefCalls';

export interface PendingCalls {
  /**
   * The targets of all calls, one after the other. In one list, because the heap may be taken for
   * one call while others wait: then only this list of ours holds their targets.
   */
  readonly targets: (object | undefined)[];
  readonly byNumber: Record<number, PendingCall>;
}

export interface PendingCall {
  /** Set by the worker's first command: proof that the program takes commands. */
  isHeard: boolean;
  /** Forgets the targets and takes the call out of `CALLS`. Safe to call twice. */
  end(): void;
}

/** The data that the worker gets at its start, besides the request. */
export interface SelfWorkerData<Request> {
  readonly step: SharedArrayBuffer;
  /** One Int32 for all calls: the thread of the worker that is taking the heap, 0 if none is. */
  readonly lock: SharedArrayBuffer;
  /** The number of the call among the pending ones. */
  readonly number: number;
  /** Positions of its targets: the first, and the one after the last. */
  readonly targets: readonly [number, number];
  /** URL of the folder of all our modules: frames of files in it are not the program's. */
  readonly ownFolder: string;
  readonly request: Request;
}

/**
 * Moves from one step to another if the state is still the first one; wakes the thread that waits
 * for it.
 */
export function advance(step: Int32Array, from: Step, to: Step): boolean {
  if (Atomics.compareExchange(step, 0, from, to) !== from) return false;
  Atomics.notify(step, 0);
  return true;
}

/** True if the thread has the lock now. Worker threads count from 1. */
export function tryLock(lock: SharedArrayBuffer, threadId: number): boolean {
  return Atomics.compareExchange(new Int32Array(lock), 0, 0, threadId) === 0;
}

/** Does nothing unless the thread has the lock. */
export function releaseLock(lock: SharedArrayBuffer, threadId: number): void {
  Atomics.compareExchange(new Int32Array(lock), 0, threadId, 0);
}
