import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';
import { parseTree } from '../answer/leaks/parse-tree.js';
import {
  type LeaksAnswer,
  type LeaksRequest,
  type SavedMoment,
  searchLeaks,
} from '../answer/leaks/search-leaks.js';
import { PLAIN_WORK } from '../answer/work.js';
import { usage } from '../errors.js';
import { withTemporaryFolder } from '../files/temporary-folder.js';
import type { LeaksOptions } from '../question/generated-option-types.js';
import { Redactor } from '../redact/redactor.js';
import type { LeaksDocument } from '../report/tables/leaks-report.js';
import type { TableReport } from '../report/tables/table.js';
import { openFile } from '../source/file/file-source.js';
import type { Moment, OpenedSource } from '../source/opened-source.js';
import { quote } from '../util/sentence.js';
import { type AskedLeaks, readLeaksOptions } from './call-options.js';
import { ownSource } from './own-heap.js';

/** Turns of the event loop after the work: some finished things are let go of only then. */
const TURNS = 5;

/**
 * Finds the objects that hold more and more while some work is repeated in this program, or from
 * one saved heap of a program to the next. The first round is a warm-up: the others are compared
 * with it.
 *
 *     const { suspects } = await findLeaks(() => handle(request), { rounds: 3 });
 *     const { suspects } = await findLeaks(['1.heapsnapshot', '2.heapsnapshot', '3.heapsnapshot']);
 *
 * The heap is written to files in the temporary folder, which only you can read and which are
 * removed afterwards; the program stands still meanwhile. Rejects with a ShowBackrefError: USAGE,
 * SOURCE_*, SNAPSHOT_*, and with any error that the work throws.
 */
export async function findLeaks(
  subject: (() => unknown) | string | readonly string[],
  options: LeaksOptions = {},
): Promise<LeaksDocument> {
  const asked = readLeaksOptions(options);
  const answer =
    typeof subject === 'function'
      ? await searchRounds(subject, asked)
      : await searchFiles(filesOf(subject), asked);
  return answer.document;
}

/** How moments are searched: besides the options of a call, which suspects are drawn. */
export interface LeaksSearch extends AskedLeaks {
  /** Default: none. */
  readonly draw?: LeaksRequest['draw'];
}

/**
 * Does the work in rounds and compares the heaps: one snapshot after each round. They are read when
 * all of them are written, so that no heap contains what reading takes.
 */
export function searchRounds(work: () => unknown, asked: LeaksSearch): Promise<LeaksAnswer> {
  const { rounds, times } = asked;
  return withTemporaryFolder(async (folder) => {
    const files: string[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (let time = 0; time < times; time++) await work();
      await turns();
      files.push(writeHeapSnapshot(join(folder, `round-${round}.heapsnapshot`)));
      // connections that were idle for too long meanwhile are closed before they are used again
      await turns();
    }
    return searchFiles(files, asked);
  });
}

async function turns(): Promise<void> {
  for (let at = 0; at < TURNS; at++) await turn();
}

/** Compares moments for a call within a program. */
export function searchMoments(
  moments: LeaksRequest['moments'],
  { known, redact, draw = null }: LeaksSearch,
  lastTyped = '',
): Promise<LeaksAnswer> {
  const request: LeaksRequest = {
    ...{ moments, isLive: false, lastTyped, saveTree: null },
    ...{ redactor: new Redactor(redact), isKnownNamed: known, draw, spelling: 'names' },
  };
  return searchLeaks(request, PLAIN_WORK);
}

function searchFiles(files: readonly string[], asked: LeaksSearch): Promise<LeaksAnswer> {
  return searchMoments(momentsOf(files), asked, files.at(-1));
}

/**
 * The result of the prompt's command; nothing at the first look, with which the others are
 * compared.
 */
export interface LeaksLook {
  readonly report: TableReport;
  readonly isFirst: boolean;
}

/**
 * The moments of a series, each packed into a few kB: objects that were there before may grow
 * without being noticed.
 */
const seen = new WeakMap<object, readonly Uint8Array[]>();
/** The number of moments kept: more would only take longer. */
const MOST_SEEN = 9;

/**
 * Finds what holds more than at the earlier looks of the same series.
 *
 * @param series any object that stands for the series.
 */
export async function lookForLeaks(series: object): Promise<LeaksLook> {
  const earlier = seen.get(series) ?? [];
  // the code that the first look loads and compiles must not count as growth at the second one
  if (earlier.length === 0) await lookAfter((await lookAfter([])).trees);
  const { report, trees } = await lookAfter(earlier);
  seen.set(series, trees.slice(-MOST_SEEN));
  return { report, isFirst: earlier.length === 0 };
}

async function lookAfter(
  earlier: readonly Uint8Array[],
): Promise<{ readonly report: TableReport; readonly trees: readonly Uint8Array[] }> {
  const trees = [...earlier];
  // taken now, so that what is made of the earlier moments is not part of it
  const now = ownSource();
  const { report } = await searchLeaks(
    {
      moments: withEarlier(earlier, now),
      isLive: false,
      lastTyped: '',
      saveTree: null,
      onTree: (packed) => trees.push(packed),
      redactor: new Redactor('secrets'),
      isKnownNamed: true,
      draw: null,
      spelling: 'flags',
    },
    PLAIN_WORK,
  );
  return { report, trees };
}

async function* withEarlier(
  earlier: readonly Uint8Array[],
  now: OpenedSource,
): AsyncGenerator<Moment | SavedMoment> {
  for (const [at, packed] of earlier.entries()) {
    const label = `look ${at + 1}`;
    yield { label, tree: parseTree(packed, label) };
  }
  yield { label: `look ${earlier.length + 1}`, source: now };
}

async function* momentsOf(files: readonly string[]): AsyncGenerator<Moment> {
  for (const file of files) {
    yield { label: file.slice(file.lastIndexOf('/') + 1), source: await openFile(file) };
  }
}

function filesOf(subject: unknown): readonly string[] {
  const files: readonly unknown[] = Array.isArray(subject) ? subject : [subject];
  if (files.length > 0 && files.every((file) => typeof file === 'string')) return files;
  throw usage(
    `findLeaks got ${quote(subject)}; give it a function that does the work, or the files of snapshots`,
  );
}
