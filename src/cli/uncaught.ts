import { writeSync } from 'node:fs';
import { ShowBackrefError } from '../errors.js';
import { internalError } from './ending-words.js';

/** Errors that were already reported to the user. */
const said = new WeakSet<ShowBackrefError>();

/** How long the work may take to end and close what it has opened, in ms. */
const END_MS = 1500;

/** An unexpected error, as one sentence. */
export function unexpected(error: unknown): ShowBackrefError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ShowBackrefError('RENDER_FAILED', internalError(reason), { cause: error });
}

/** Records that an error was reported, so that it is not repeated. */
export function noteSaid(error: ShowBackrefError): void {
  said.add(error);
}

/**
 * Ends the work with one sentence and exit code 1 when an error is thrown that nothing catches,
 * including a rejected promise. The work closes what it has opened, as on Ctrl-C; if that takes too
 * long, the process ends at once.
 *
 * @param stop aborts the work.
 */
export function watchUncaught(stop: (reason: ShowBackrefError) => void): void {
  let isStopped = false;
  process.on('uncaughtException', (error) => {
    // the reader of our output may stop reading
    if ((error as NodeJS.ErrnoException).code === 'EPIPE' || isStopped) return;
    isStopped = true;
    process.exitCode = 1;
    const reason = unexpected(error);
    stop(reason);
    setTimeout(() => {
      if (!said.has(reason)) writeSync(2, `showbackref: ${reason.message}\n`);
      process.exit(1);
    }, END_MS);
  });
}
