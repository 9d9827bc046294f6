import { SecondThread } from './second-thread.js';

let ahead: { readonly bytes: number; readonly thread: SecondThread | null } | null = null;

/**
 * Starts the second thread for a file of that size before anything is known of the question: it takes
 * a while to be ready, in which this thread loads code and looks at options. It waits until it is
 * taken, and does not keep the program from ending.
 */
export function startAhead(bytes: number): void {
  ahead ??= { bytes, thread: SecondThread.openFor(bytes) };
}

/** A second thread for a file: the one that was started for it, else a new one; null as `openFor`. */
export function takeThread(bytes: number): SecondThread | null {
  if (ahead?.bytes !== bytes) return SecondThread.openFor(bytes);
  const { thread } = ahead;
  ahead = null;
  return thread;
}
