import { basename, resolve } from 'node:path';
import { ShowBackrefError } from '../errors.js';
import { findNewestSnapshot } from '../source/newest-snapshot.js';
import type { SourceRequest } from '../source/open-source.js';
import type { Io } from './io.js';
import type { SourceOptions } from './normalize-options.js';
import type { TerminalProgress } from './progress.js';

const SCRIPT = /\.[cm]?[jt]s$/i;

/**
 * What the source on the command line means; without one, the newest snapshot of the folder.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND when there is none.
 */
export async function sourceRequest(
  options: SourceOptions,
  io: Io,
  progress: TerminalProgress,
): Promise<SourceRequest> {
  const source = options.source ?? (await defaultSource(io, progress));
  if (source === '-') return { kind: 'stdin', stream: io.stdin };
  if (/^(pid:|wss?:|https?:)/.test(source)) {
    throw new ShowBackrefError(
      'USAGE',
      `the source "${source}" is a live process, which this version cannot look at; save a snapshot with v8.writeHeapSnapshot() or name a script`,
    );
  }
  const path = resolve(io.cwd, source);
  if (!SCRIPT.test(source)) return { kind: 'file', path: shownPath(source, path) };
  const look = io.armLook();
  return {
    kind: 'script',
    lookNow: look.signal,
    onPaused: () => look.disarm(),
    file: shownPath(source, path),
    scriptArgs: options.scriptArgs,
    nodeArgs: options.nodeArgs,
    when: options.when,
    // standard output carries the answer only, so the script's output goes beside it
    stdout: io.stderr,
    stderr: io.stderr,
    onEnd: (words) => progress.say(`${source} ${words}`),
  };
}

/** The path as it was typed where that works, so that messages say what the user wrote. */
function shownPath(typed: string, resolved: string): string {
  return resolve(typed) === resolved ? typed : resolved;
}

async function defaultSource(io: Io, progress: TerminalProgress): Promise<string> {
  const newest = await findNewestSnapshot(io.cwd);
  if (newest === null) {
    throw new ShowBackrefError(
      'SOURCE_NOT_FOUND',
      'no source given and no heap snapshot in this folder; name a .heapsnapshot file, - for standard input, or a script such as app.js',
    );
  }
  progress.say(`Looking at ${basename(newest)}`);
  return newest;
}
