import { cwd, env } from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import type { GraphAnswer } from '../answer/collect-graph.js';
import type { LeaksAnswer } from '../answer/leaks/search-leaks.js';
import { prepareRendering } from '../answer/write-graph.js';
import { ShowBackrefError, usage } from '../errors.js';
import { appendText } from '../files/append-text.js';
import type { LeaksOptions } from '../question/generated-option-types.js';
import { Redactor } from '../redact/redactor.js';
import { escapeTerminal } from '../report/escape-terminal.js';
import { sentencesOn } from '../report/tables/leaks-report.js';
import { textTree } from '../report/text.js';
import { type DriverClient, pageMoments } from '../source/inspector/driver-session.js';
import { countOf, formatCount } from '../util/format-count.js';
import { quote } from '../util/sentence.js';
import { readLeaksOptions, readShowOptions } from './call-options.js';
import { drawFailure, type PictureFiles, pictureFiles } from './failure-picture.js';
import { searchMoments, searchRounds } from './leak-calls.js';

/** The options of calls that fail when something holds more after each round of some work. */
export interface GrowthGuardOptions extends LeaksOptions {
  /** The picture of a failure; false for none. Default: a PNG in `out/`, named after the test. */
  readonly out?: PictureFiles;
}

/** Why a test failed. */
export interface FoundGrowth {
  readonly message: string;
  /** Pictures that were written. */
  readonly pictures: readonly string[];
}

/** The file to which failures are added as Markdown, for the summary of a job. */
const SUMMARY = 'SHOWBACKREF_SUMMARY';
/** So many rounds tell a leak from something that fills up. */
const LEAST_FOR_LEAK = 3;
/** Others that are named. */
const MOST_OTHERS = 5;
/** Which of them fails is known when all are found. */
const DRAW = { draw: 'all' } as const;

/**
 * Finds the holder that grew in each round of some work in this program, in words and as a picture.
 *
 * @param name of the picture; null for one without the name of a test.
 * @returns null when nothing grew.
 */
export async function findGrowingHolder(
  work: () => unknown,
  options: GrowthGuardOptions,
  name: string | null,
): Promise<FoundGrowth | null> {
  const { out, ...asked } = options;
  const search = { ...readLeaksOptions(asked), ...DRAW };
  return describeGrowth(await searchRounds(work, search), { ...search, out, name });
}

/** Finds the same in a page of a browser, by a session of its driver. */
export async function findGrowingInPage(
  client: DriverClient,
  work: () => unknown,
  { options, name }: { readonly options: GrowthGuardOptions; readonly name: string },
): Promise<FoundGrowth | null> {
  const { out, ...asked } = options;
  const search = { ...readLeaksOptions(asked), ...DRAW };
  const moments = pageMoments(client, search.rounds, async () => {
    for (let time = 0; time < search.times; time++) await work();
    await turn();
  });
  return describeGrowth(await searchMoments(moments, search), { ...search, out, name });
}

/** Work that can be done again and again. @throws ShowBackrefError USAGE for anything else. */
export function asWork(value: unknown, caller: string): () => unknown {
  if (typeof value === 'function') return value as () => unknown;
  throw usage(`${caller} got ${quote(value)}; give it a function that does the work`);
}

/** The message for a check in which nothing grew. */
export function steadyWords({ out: _, ...asked }: GrowthGuardOptions): string {
  const { rounds, times } = readLeaksOptions(asked);
  return `Nothing grew in ${rounds} rounds of ${countOf(times, 'call')}.`;
}

/** How often the work was done, and where the picture goes. */
interface Described {
  readonly rounds: number;
  readonly out: PictureFiles;
  readonly name: string | null;
}

async function describeGrowth(
  answer: LeaksAnswer,
  { rounds, out, name }: Described,
): Promise<FoundGrowth | null> {
  // what rose less and less may be a cache that fills: two rounds cannot tell
  const wanted = rounds < LEAST_FOR_LEAK ? 'growth' : 'leak';
  const grown = answer.rows.filter(({ evidence }) => evidence === wanted);
  const [first, ...others] = grown;
  if (first === undefined) return null;
  const drawing = answer.drawings.get(answer.rows.indexOf(first) + 1) ?? null;
  const course = first.counts.map(formatCount).join(' → ');
  const { lines, files } = await picture(drawing, out, name ?? first.items.class);
  await addToSummary(answer, drawing);
  const message = [
    `${escapeTerminal(first.holder.label)} grew in each of ${rounds} rounds: ${course}.`,
    '',
    ...sentencesOn(first).map(escapeTerminal),
    '',
    ...(drawing === null ? [] : textTree(drawing.subgraph)),
    ...othersWords(others),
    ...answer.notes,
    ...lines,
  ].join('\n');
  return { message, pictures: files };
}

function othersWords(others: LeaksAnswer['rows']): readonly string[] {
  if (others.length === 0) return [];
  const named = others
    .slice(0, MOST_OTHERS)
    .map(({ holder, counts }) => `${holder.label} (${counts.map(formatCount).join(' → ')})`);
  const rest = others.length - named.length;
  return [escapeTerminal(`Also grew: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`)];
}

async function picture(drawing: GraphAnswer | null, out: PictureFiles, name: string) {
  const files = drawing === null ? [] : pictureFiles(out, `growth-${name}`);
  if (drawing === null || files.length === 0) return { lines: [], files: [] };
  try {
    await prepareRendering(readShowOptions('backrefs', { out: files }).question.outputs);
  } catch (error) {
    if (!(error instanceof ShowBackrefError)) throw error;
    return { lines: [`No picture: ${escapeTerminal(error.message)}`], files: [] };
  }
  return drawFailure(drawing, files);
}

/** For the summary of a job; a test fails for what it found, never for that. */
async function addToSummary(answer: LeaksAnswer, drawing: GraphAnswer | null): Promise<void> {
  const file = env[SUMMARY];
  if (file === undefined || file === '' || drawing === null) return;
  const { toLeaksCheck } = await import('../answer/ci/leaks-check.js');
  const { toGithub } = await import('../report/ci/to-github.js');
  const repository = { root: cwd(), redactor: new Redactor('secrets') };
  const check = await toLeaksCheck(answer, {
    limits: ['leak', 'growth'],
    judged: null,
    repository,
  });
  await appendText(file, `${toGithub(check)}\n`).catch(() => undefined);
}
