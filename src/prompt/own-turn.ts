/** Asks in a turn of the event loop of its own: what led to the question is on the stack no more. */
export function inOwnTurn<T>(ask: () => Promise<T>): Promise<T> {
  // not by `await`: V8 keeps what a promise continues while it does so
  return new Promise((resolve, reject) => {
    setImmediate(() => ask().then(resolve, reject));
  });
}
