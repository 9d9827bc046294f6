import { setTimeout as wait } from 'node:timers/promises';
import type { Moment } from '../opened-source.js';
import { liveInterrupted } from './live-errors.js';
import type { LiveProgram } from './live-program.js';

export interface MomentsRequest {
  /** Milliseconds from one heap to the next, and how many heaps. */
  readonly everyMs: number;
  readonly count: number;
  /** Told beforehand, in one sentence, when taking the heap may need much memory. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at a running program `count` times and then leaves it.
 *
 * @throws ShowBackrefError as `LiveProgram.look`, or INTERRUPTED.
 */
export async function* takeMoments(
  program: LiveProgram,
  { everyMs, count, onNote, signal }: MomentsRequest,
): AsyncGenerator<Moment> {
  const leave = () => void program.close();
  signal?.addEventListener('abort', leave);
  const { kind, name } = program;
  try {
    if (onNote !== undefined) await program.warnOfMemoryNeed(onNote);
    for (let turn = 0; turn < count; turn++) {
      if (turn > 0) await wait(everyMs, undefined, signal && { signal });
      const live = await program.look([]);
      const close = async () => undefined;
      const source = { kind, name, live, bytes: program.takeHeap(), close };
      yield { label: `${(turn * everyMs) / 1000} s`, source };
    }
  } catch (error) {
    throw signal?.aborted ? liveInterrupted(name) : error;
  } finally {
    signal?.removeEventListener('abort', leave);
    await program.close();
  }
}
