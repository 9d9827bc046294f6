/** Asks in a separate turn of the event loop, so that the caller's frames are off the stack. */
export function inOwnTurn<T>(ask: () => Promise<T>): Promise<T> {
  // not by `await`: V8 keeps the continuation of a promise while it runs
  return new Promise((resolve, reject) => {
    setImmediate(() => ask().then(resolve, reject));
  });
}
