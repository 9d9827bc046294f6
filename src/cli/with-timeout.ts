import { ShowBackrefError } from '../errors.js';
import type { Io } from './io.js';
import { parseDuration, single, usage } from './option-values.js';

/**
 * Does `work` with an Io whose signal also fires when the time of `--timeout` is up. A step that
 * computes is not cut in two: the time is looked at when it is over.
 *
 * @throws ShowBackrefError USAGE, OUT_OF_TIME; what `work` throws.
 */
export async function withTimeout<T>(
  value: string | readonly string[] | undefined,
  io: Io,
  work: (io: Io) => Promise<T>,
): Promise<T> {
  const text = single('--timeout', value);
  if (text === undefined) return work(io);
  const ms = parseDuration(text);
  if (ms === null || ms === 0)
    throw usage(`--timeout "${text}" is not a time; write it like 90s or 5m`);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), Math.min(ms, 2 ** 31 - 1));
  const signal = AbortSignal.any([io.signal, late.signal]);
  const timed: Io = Object.create(io, { signal: { value: signal } });
  try {
    return await work(timed);
  } catch (error) {
    if (!late.signal.aborted || io.signal.aborted) throw error;
    throw outOfTime(text, error);
  } finally {
    clearTimeout(timer);
  }
}

function outOfTime(text: string, cause: unknown): ShowBackrefError {
  return new ShowBackrefError(
    'OUT_OF_TIME',
    `there is no answer within --timeout "${text}"; allow more, or ask for less with --depth and --max-nodes`,
    { cause },
  );
}
