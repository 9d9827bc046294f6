/** The time between two looks at a program. */
export interface Interlude {
  /** Aborted to end the looks and give the answer. */
  readonly signal: AbortSignal;
  /** Ends it: the next look begins. */
  close(): void;
}

/** The plan for several looks at a live source. */
export interface MomentsPlan {
  /** The most looks; null for the default. */
  readonly count: number | null;
  /** True to collect garbage before each look, for a heap of what is really held. */
  readonly isCollected: boolean;
  /** True to say in advance how long the program stands still. */
  readonly isForetold: boolean;
  readonly openInterlude: () => Interlude;
  /**
   * For a program that runs independently: waits for the moment of the next look and names it; null
   * to end.
   *
   * @param turn the number of looks so far.
   */
  readonly wait: (turn: number, interlude: Interlude) => Promise<string | null>;
  /** The name of the first moment of a running program. */
  readonly firstLabel: string;
  /** For a script: what to call between two looks; null to look at each of its `debugger;`. */
  readonly call: ScriptCall | null;
}

/** A function of a script, and the number of calls between two looks. */
export interface ScriptCall {
  /** Names with dots between them: `handle`, `api.handle`. */
  readonly name: string;
  readonly times: number;
}

/** The result of `work`; null if the interlude is cut short before. */
export async function unlessCut<T>(work: Promise<T>, { signal }: Interlude): Promise<T | null> {
  let stop = () => {};
  const cut = new Promise<null>((resolve) => {
    stop = () => resolve(null);
  });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  // nothing may be waiting for it by now
  work.catch(() => undefined);
  return Promise.race([work, cut]).finally(() => signal.removeEventListener('abort', stop));
}
