import { writeSync } from 'node:fs';
import { ShowBackrefError } from '../errors.js';
import { internalError } from './ending-words.js';

/** Errors that the user has been told. */
const said = new WeakSet<ShowBackrefError>();

/** How long the work may take to come to its end, which closes what it has opened. */
const END_MS = 1500;

/** An error that nobody has foreseen, as one sentence. */
export function unexpected(error: unknown): ShowBackrefError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ShowBackrefError('RENDER_FAILED', internalError(reason), { cause: error });
}

/** The sentence on an error is out, and is not to be repeated. */
export function noteSaid(error: ShowBackrefError): void {
  said.add(error);
}

/**
 * Ends the work in one sentence, and with exit code 1, when something is thrown where nobody catches it, a
 * rejected promise included. What the work has opened is closed as on Ctrl-C; where that takes too long,
 * the process ends as it is.
 *
 * @param stop gives the work up.
 */
export function watchUncaught(stop: (reason: ShowBackrefError) => void): void {
  let isStopped = false;
  process.on('uncaughtException', (error) => {
    // whoever reads our output may stop reading
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
