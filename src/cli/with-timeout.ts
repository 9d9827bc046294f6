import { ShowBackrefError } from '../errors.js';
import type { OptionValues } from '../question/options.js';
import type { Asked } from './cli-command.js';
import { timeIsUp } from './ending-words.js';
import type { Io } from './io.js';

/**
 * Does `work` with an Io whose signal also fires when the time of `--timeout` is up. A step that
 * computes is not interrupted: the time is checked when it is over.
 *
 * @throws ShowBackrefError OUT_OF_TIME, and any error that `work` throws.
 */
export async function withTimeout<T>(
  { options, given }: Pick<Asked, 'given'> & { readonly options: Pick<OptionValues, 'timeout'> },
  io: Io,
  work: (io: Io) => Promise<T>,
): Promise<T> {
  const { timeout: ms } = options;
  if (ms === null) return work(io);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), Math.min(ms, 2 ** 31 - 1));
  const signal = AbortSignal.any([io.signal, late.signal]);
  const timed: Io = Object.create(io, { signal: { value: signal } });
  try {
    return await work(timed);
  } catch (error) {
    if (!late.signal.aborted || io.signal.aborted) throw error;
    throw outOfTime(String(given.get('timeout')), error);
  } finally {
    clearTimeout(timer);
  }
}

function outOfTime(text: string, cause: unknown): ShowBackrefError {
  return new ShowBackrefError('OUT_OF_TIME', timeIsUp(text), { cause });
}
