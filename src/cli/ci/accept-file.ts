import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type AcceptedLeak,
  isAcceptList,
  type Judged,
  updated,
} from '../../answer/ci/accept-list.js';
import { usage } from '../../errors.js';
import { writeWholeFile } from '../../files/write-whole-file.js';
import type { OptionValues } from '../../question/options.js';
import type { LeakRow } from '../../report/tables/leaks-report.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import type { Asked, Session } from '../cli-command.js';

/** The list that `--accept` names. */
export interface AcceptFile {
  /** As it was typed. */
  readonly path: string;
  readonly file: string;
  readonly accepted: readonly AcceptedLeak[];
  readonly isUpdated: boolean;
}

/**
 * Reads the list before any work is done.
 *
 * @throws ShowBackrefError USAGE: no such file, or not a list.
 */
export async function readAcceptFile(
  { accept, updateAccept }: OptionValues,
  { io }: Session,
): Promise<AcceptFile | null> {
  if (accept === null) {
    if (!updateAccept) return null;
    throw usage(say`${option('updateAccept')} writes the file of ${option('accept')}; name it`);
  }
  const file = resolve(io.cwd, accept);
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (updateAccept && cause.code === 'ENOENT') return null;
    throw usage(say`${option('accept')} "${accept}" cannot be read: ${cause.message}`, cause);
  });
  return {
    path: accept,
    file,
    accepted: text === null ? [] : parse(text, accept),
    isUpdated: updateAccept,
  };
}

function parse(text: string, path: string): readonly AcceptedLeak[] {
  const data = parsed(text);
  if (isAcceptList(data)) return data;
  throw usage(
    say`${option('accept')} "${path}" is not a list of accepted leaks; make one with ${option('updateAccept')}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Reports what the list says about an answer, and rewrites the list if asked to.
 *
 * @returns the suspects that it does not excuse.
 */
export async function applyAccepted(
  list: AcceptFile,
  judged: Judged<LeakRow>,
  { asked, session }: { readonly asked: Asked; readonly session: Session },
): Promise<Unexcused> {
  const { progress, place } = session;
  for (const { suspect, by } of judged.excused) {
    progress.say(`Accepted: ${suspect.holder.label}: ${by.reason}`);
  }
  if (list.isUpdated) {
    const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
    const text = `${JSON.stringify(updated(judged, today), null, 2)}\n`;
    await writeWholeFile(list.file, text, {
      shown: list.path,
      option: 'accept',
      signal: place.signal,
    });
    progress.say(updateWords(judged, list.path));
    return { rows: [], sentences: [] };
  }
  for (const { holder } of judged.gone) {
    progress.say(`No longer a suspect: ${holder}. Remove its row from ${list.path}.`);
  }
  const isJudged = asked.options.failOn.length > 0;
  return { rows: judged.fresh, sentences: isJudged ? unexplainedIn(judged, list.path) : [] };
}

/** The part of an answer that an accept list does not excuse. */
interface Unexcused {
  readonly rows: readonly LeakRow[];
  /** Sentences about rows without a reason. */
  readonly sentences: readonly Sentence[];
}

function unexplainedIn({ unexplained }: Judged<LeakRow>, path: string): readonly Sentence[] {
  return unexplained.map(
    ({ by }) => say`"${by.holder}" in "${path}" has no reason: write why it is accepted`,
  );
}

function updateWords({ fresh, unexplained, gone }: Judged<LeakRow>, path: string): string {
  const open = fresh.length + unexplained.length;
  const removed = gone.length === 0 ? '' : ` ${gone.length} no longer found and removed.`;
  return `Accept list written to ${path}: ${open} without a reason, to be filled in.${removed}`;
}
