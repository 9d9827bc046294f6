/**
 * What a call of the library and the worker that looks at its program have to know of each other.
 * Small: all of it is loaded into the program that is looked at.
 */

/**
 * How far the two have got, in an Int32 that both see. The worker goes from `starting` to `ready`,
 * upon which the call stops the program; whoever of the two is first takes the last step.
 */
export const Step = {
  /** The worker is not there yet. */
  starting: 0,
  /** Its first commands wait for the program to take them. */
  connected: 1,
  /** The program's debugger is on and waits for the call to stop. */
  ready: 2,
  /** The program stands still within the call. */
  paused: 3,
  /** The call has returned; the worker looks when it can. */
  left: 4,
  /** The worker gave up. */
  failed: 5,
} as const;

export type Step = (typeof Step)[keyof typeof Step];

/**
 * The global variable, there only while a call waits for its worker, that hands the targets over: an
 * object with the pending calls by number.
 */
export const CALLS = 'showbackrefCalls';

export interface PendingCall {
  /** Set by the worker's first command: proof that the program takes commands. */
  isHeard: boolean;
  /** Emptied before the heap is taken. */
  readonly targets: object[];
  /** Forgets the targets and takes the call out of `CALLS`. Safe to call twice. */
  end(): void;
}

/** What the worker gets at its start, besides the request. */
export interface SelfWorkerData<Request> {
  readonly step: SharedArrayBuffer;
  /** An expression for the `PendingCall`. */
  readonly call: string;
  /** URL of the folder of all our modules: frames of files in it are not the program's. */
  readonly ownFolder: string;
  readonly targetCount: number;
  readonly request: Request;
}

/** Goes from one step to another if that still is where things are; wakes who waits for it. */
export function advance(step: Int32Array, from: Step, to: Step): boolean {
  if (Atomics.compareExchange(step, 0, from, to) !== from) return false;
  Atomics.notify(step, 0);
  return true;
}
