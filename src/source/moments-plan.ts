/** The time between two looks at a program. */
export interface Interlude {
  /** Aborted by who wants no further look but an answer. */
  readonly signal: AbortSignal;
  /** It is over: the next look begins. */
  close(): void;
}

/** How a live source is to be looked at several times. */
export interface MomentsPlan {
  /** How often to look at most; null where nobody said. */
  readonly count: number | null;
  /** True if garbage is collected before each look, for a heap of what is really held. */
  readonly isCollected: boolean;
  /** True to say beforehand how long the program stands still. */
  readonly isForetold: boolean;
  readonly openInterlude: () => Interlude;
  /**
   * For a program that runs by itself: waits for the moment of the next look and names it; null when there
   * is to be none.
   *
   * @param turn how many looks there have been.
   */
  readonly wait: (turn: number, interlude: Interlude) => Promise<string | null>;
  /** What the first moment of a running program is called. */
  readonly firstLabel: string;
  /** For a script: what to call between two looks; null to look at each of its `debugger;`. */
  readonly call: ScriptCall | null;
}

/** A function of a script, and how often to call it between two looks. */
export interface ScriptCall {
  /** Names with dots between them: `handle`, `api.handle`. */
  readonly name: string;
  readonly times: number;
}

/** What `work` comes to; null when the interlude is cut short before. */
export async function unlessCut<T>(work: Promise<T>, { signal }: Interlude): Promise<T | null> {
  let stop = () => {};
  const cut = new Promise<null>((resolve) => {
    stop = () => resolve(null);
  });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  // nobody may be waiting for it any more
  work.catch(() => undefined);
  return Promise.race([work, cut]).finally(() => signal.removeEventListener('abort', stop));
}
