import { parse, resolve } from 'node:path';
import { judge } from '../../answer/ci/accept-list.js';
import type { toLeaksCheck } from '../../answer/ci/leaks-check.js';
import { searchLeaks } from '../../answer/leaks/search-leaks.js';
import { prepareRendering, writeGraph } from '../../answer/write-graph.js';
import { checkOutputs } from '../../answer/write-outputs.js';
import { usage } from '../../errors.js';
import { lookOptionsOf } from '../../question/graph-question.js';
import type { Output } from '../../question/outputs.js';
import { Redactor } from '../../redact/redactor.js';
import type { Check } from '../../report/ci/check.js';
import { outputFormats } from '../../report/formats.js';
import type { LeakRow } from '../../report/tables/leaks-report.js';
import { tableFormats } from '../../report/tables/table-formats.js';
import { countOf } from '../../util/format-count.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import { namedOutputs, STDOUT_TEXT } from '../answer-places.js';
import { applyAccepted, readAcceptFile } from '../ci/accept-file.js';
import { repositoryOf, sayChecks, sortOutputs } from '../ci/check-outputs.js';
import type { Asked, RunCommand, Session } from '../cli-command.js';
import { leaksMoments } from '../leaks-moments.js';
import { sayOutput } from '../say-output.js';
import { reportLimits, sayTables } from './run-table.js';

/** The command `leaks`: finds what holds more and more. */
export const runLeaks: RunCommand = async (asked, session) => {
  const { io, progress, work, place } = session;
  const { redact, known, failOn, saveTree } = asked.options;
  const { tables, checks, pictures } = leaksOutputs(asked, session);
  await checkOutputs([...tables, ...checks, ...pictures], outputFormats, place);
  await prepareRendering(pictures);
  const list = await readAcceptFile(asked.options, session);
  const { moments, isLive } = await leaksMoments(asked, session);
  const answer = await searchLeaks(
    {
      moments,
      isLive,
      lastTyped: asked.sources.at(-1) ?? '',
      redactor: new Redactor(redact),
      saveTree: saveTree === null ? null : treeOutput(saveTree, io.cwd),
      isKnownNamed: known,
      draw: checks.length > 0 ? 'all' : pictures.length === 0 ? null : drawnOf(asked),
      spelling: 'flags',
    },
    work,
  );
  if (saveTree !== null) progress.say(`Tree saved as ${saveTree}`);
  await sayTables(answer.report, tables, session, { asked });
  const judged = list === null ? null : judge(answer.rows, list.accepted);
  const check = () => checkOf(answer, judged, { asked, session });
  await sayChecks(check, checks, session);
  await writePictures(answer, pictures, { asked, session });
  const { rows, sentences } =
    list === null || judged === null
      ? { rows: answer.rows, sentences: [] }
      : await applyAccepted(list, judged, { asked, session });
  return reportLimits([...sentences, ...crossedBy(failOn.map(String), evidenceOf(rows))], io);
};

type Judgement = Parameters<typeof toLeaksCheck>[1]['judged'];

async function checkOf(
  answer: Answer,
  judged: Judgement,
  { asked, session }: { readonly asked: Asked; readonly session: Session },
): Promise<Check> {
  const { failOn } = asked.options;
  const limits = failOn.length === 0 ? null : failOn.map(String);
  const { toLeaksCheck } = await import('../../answer/ci/leaks-check.js');
  return toLeaksCheck(answer, { limits, judged, repository: repositoryOf(asked, session) });
}

/**
 * The output for the tree. @throws ShowBackrefError USAGE if its name would not be recognised
 * later.
 */
function treeOutput(path: string, cwd: string): Output {
  if (path.endsWith('.tree')) return { path, file: resolve(cwd, path), format: 'tree' };
  throw usage(say`${option('saveTree')} "${path}" does not end in .tree; use ${path}.tree`);
}

type Answer = Awaited<ReturnType<typeof searchLeaks>>;

/**
 * Writes one picture to the named file, or the pictures of all suspects, each to a file with its
 * rank.
 */
async function writePictures(
  { drawings, rows }: Answer,
  pictures: readonly Output[],
  { asked, session }: { readonly asked: Asked; readonly session: Session },
): Promise<void> {
  const { progress, work, place } = session;
  const wanted = drawnOf(asked);
  const isMany = wanted === 'all';
  const drawn = [...drawings].filter(([rank]) => isMany || rank === wanted);
  for (const [rank, drawing] of pictures.length === 0 ? [] : drawn) {
    const outputs = isMany ? pictures.map((output) => withRank(output, rank)) : pictures;
    const look = { title: titleOf(rows[rank - 1]), ...lookOptionsOf(asked.options) };
    await writeGraph(
      drawing,
      { outputs, look, spelling: 'flags' },
      { work, place, onWritten: sayOutput(progress) },
    );
    for (const note of drawing.notes) progress.say(note);
  }
  if (pictures.length > 0 && drawn.length === 0) {
    const found =
      rows.length === 0
        ? 'no suspects were'
        : `only ${countOf(rows.length, 'suspect')} ${rows.length === 1 ? 'was' : 'were'}`;
    progress.say(`Nothing to draw: ${found} found.`);
  }
}

/** A title with which the picture explains itself. */
function titleOf(row: Answer['rows'][number] | undefined): string {
  if (row === undefined) return '';
  const { holder, counts, evidence } = row;
  const course = counts.length < 2 ? `${counts[0]} items` : counts.join(' → ');
  return `${evidence}: ${holder.label}: ${course}`;
}

function drawnOf({ options: { draw, nth } }: Asked): 'all' | number {
  if (draw === 'all' && nth !== null) {
    throw usage(say`${option('nth')} and ${option('draw')} all exclude each other; leave one out`);
  }
  return draw === 'all' ? 'all' : (nth ?? 1);
}

/** `leak-2.png` for the second suspect in `leak.png`. */
function withRank(output: Output, rank: number): Output {
  const ranked = (path: string) => {
    const { dir, name, ext } = parse(path);
    return `${dir === '' ? '' : `${dir}/`}${name}-${rank}${ext}`;
  };
  const { file, path } = output;
  return file === null ? output : { ...output, path: ranked(path), file: ranked(file) };
}

/** The outputs: tables on standard output unless a file is named, and a picture if one is named. */
function leaksOutputs(asked: Asked, session: Session) {
  const { checks, others } = sortOutputs(namedOutputs(asked, session));
  const isTable = ({ format }: Output) => tableFormats.some(({ name }) => name === format);
  const tables = others.filter(isTable);
  const pictures = others.filter((output) => !isTable(output));
  const isTaken = [...checks, ...pictures].some(({ file }) => file === null);
  const shown = tables.length > 0 || isTaken ? tables : [STDOUT_TEXT];
  return { tables: shown, checks, pictures };
}

function evidenceOf(rows: readonly LeakRow[]): readonly string[] {
  return rows.flatMap(({ evidence, proof }) => {
    return proof === null || evidence === 'proof' ? [evidence] : [evidence, 'proof'];
  });
}

function crossedBy(limits: readonly string[], evidence: readonly string[]): readonly Sentence[] {
  return limits.flatMap((limit) => {
    const count = evidence.filter((kind) => kind === limit).length;
    if (count === 0) return [];
    return [say`limit crossed: ${option('failOn', limit)}, found ${count}`];
  });
}
