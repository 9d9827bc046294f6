import { setTimeout as wait } from 'node:timers/promises';
import { usage } from '../errors.js';
import { formatSeconds } from '../source/format-seconds.js';
import type { Interlude, MomentsPlan } from '../source/moments-plan.js';
import { option, say } from '../util/sentence.js';
import type { Session } from './cli-command.js';
import { runShellCommand } from './shell-command.js';

/** The longest time of a timer. */
const MOST_MS = 2 ** 31 - 1;

/** The waiting between two looks at a running program. */
export interface Waiting {
  /** The name of the first moment. */
  readonly firstLabel: string;
  /** One line for the user before it begins. */
  readonly words: string;
  /** Waits for the moment of the next look and names it; null to end. */
  readonly wait: (turn: number, interlude: Interlude) => Promise<string | null>;
}

/** The number of looks and the time between them; null for the default number. */
interface Pace {
  readonly everyMs: number;
  readonly count: number | null;
}

/** A plan of looks at fixed times, none of which is skipped. */
export function timedPlan({ everyMs, count }: Pace, { io }: Session): MomentsPlan {
  return {
    ...{ count, isCollected: false, isForetold: false, call: null, firstLabel: '0 s' },
    openInterlude: () => ({ signal: new AbortController().signal, close: () => undefined }),
    async wait(turn) {
      await wait(everyMs, undefined, { signal: io.signal });
      return `${(turn * everyMs) / 1000} s`;
    },
  };
}

/** Makes the next Ctrl-C end the series of looks, until the next look begins. */
export function interludesOf({ io, progress }: Session): () => Interlude {
  return () => {
    const { signal, disarm } = io.armLook();
    progress.stage('Waiting for the next moment');
    return { signal, close: disarm };
  };
}

/**
 * Waits for a time to pass. @param ms Infinity to wait for Enter.
 * @throws ShowBackrefError USAGE if there is no terminal to press it at.
 */
export function waitForTime(ms: number, { io }: Session): Waiting {
  const isTyped = 'isTTY' in io.stdin && io.stdin.isTTY === true;
  if (!isTyped && !Number.isFinite(ms)) {
    throw usage(say`${option('every', 'enter')} needs a terminal; give a time, such as 30s`);
  }
  const startedAt = performance.now();
  const pace = Number.isFinite(ms) ? `one every ${formatSeconds(ms / 1000)}` : 'one at each Enter';
  const enter = isTyped && Number.isFinite(ms) ? 'Enter takes the next one at once, ' : '';
  return {
    firstLabel: '0 s',
    words: `${pace}; ${enter}Ctrl-C answers with those taken so far`,
    async wait(_, { signal }) {
      const over = new AbortController();
      const stop = AbortSignal.any([over.signal, signal, io.signal]);
      const ways: Promise<unknown>[] = [wait(Math.min(ms, MOST_MS), undefined, { signal: stop })];
      if (isTyped) ways.push(enterPressed(io.stdin, stop));
      try {
        await Promise.race(ways);
      } catch (error) {
        if (!signal.aborted || io.signal.aborted) throw error;
        return null;
      } finally {
        over.abort();
        for (const way of ways) way.catch(() => undefined);
      }
      return formatSeconds((performance.now() - startedAt) / 1000);
    },
  };
}

/** Resolves with the next typed line; rejects when stopped. */
function enterPressed(stdin: NodeJS.ReadableStream, stop: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const onData = () => resolve();
    const onStop = () => reject(stop.reason);
    stop.addEventListener('abort', () => {
      stdin.off('data', onData);
      stdin.pause();
      onStop();
    });
    stdin.on('data', onData);
    stdin.resume();
  });
}

/** Runs a command of the shell between two looks. */
export function waitForCommand(command: string, session: Session): Waiting {
  const { io, progress } = session;
  return {
    firstLabel: 'before',
    words: `one after each run of ${JSON.stringify(command)}; Ctrl-C answers with those taken so far`,
    async wait(turn, { signal }) {
      const stop = AbortSignal.any([signal, io.signal]);
      const failure = await runShellCommand(command, { ...io, signal: stop });
      if (io.signal.aborted) throw io.signal.reason;
      if (signal.aborted) return null;
      if (failure !== null) progress.say(failure);
      return turn === 1 ? 'after 1 run' : `after ${turn} runs`;
    },
  };
}
