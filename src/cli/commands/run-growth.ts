import { compareMoments, toChange } from '../../answer/show-growth.js';
import { prepareRendering, writeGraph } from '../../answer/write-graph.js';
import { checkOutputs } from '../../answer/write-outputs.js';
import { usage } from '../../errors.js';
import { classLimits, crossedLimits, limitsOfNothing } from '../../question/class-limit.js';
import { lookOptionsOf } from '../../question/graph-question.js';
import type { Output } from '../../question/outputs.js';
import { outputFormats } from '../../report/formats.js';
import { classesNextStep } from '../../report/next/table-next-step.js';
import { tableFormats } from '../../report/tables/table-formats.js';
import { option, say } from '../../util/sentence.js';
import { namedOutputs, STDOUT_TEXT, usualFile } from '../answer-places.js';
import { checkHasLimits, repositoryOf, sayChecks, sortOutputs } from '../ci/check-outputs.js';
import type { Asked, RunCommand, Session } from '../cli-command.js';
import { growthMoments } from '../growth-moments.js';
import { sayOutput } from '../say-output.js';
import { classListOf, reportLimits, sayTables } from './run-table.js';

/** The command `growth`: compares two or more moments. */
export const runGrowth: RunCommand = async (asked, session) => {
  const { io, progress, work, place } = session;
  const { draw, peak, sort, failOn } = asked.options;
  const { tables, checks, pictures } = growthOutputs(asked, session);
  checkHasLimits(checks, asked);
  const limits = classLimits(failOn);
  const list = classListOf(asked.options, tables);
  const moments = growthMoments(asked, session);
  await checkOutputs([...tables, ...checks, ...pictures], outputFormats, place);
  await prepareRendering(pictures);
  const answer = await compareMoments(
    {
      ...list,
      moments: await moments.open(),
      sort: sort === 'size' ? 'size' : 'count',
      peak,
      draw: draw === true,
      limits: checks.length > 0 ? limits : [],
      spelling: 'flags',
    },
    work,
  );
  const next = classesNextStep(answer.listed.filter(({ delta }) => delta > 0));
  await sayTables(answer.report, tables, session, { asked, next });
  if (answer.drawing !== null) {
    const { drawing } = answer;
    const question = { outputs: pictures, look: lookOptionsOf(asked.options) };
    await writeGraph(
      drawing,
      { ...question, spelling: 'flags' },
      { work, place, onWritten: sayOutput(progress) },
    );
    for (const note of drawing.notes) progress.say(note);
  }
  const found = { ...answer, types: answer.growth.types.map(toChange), words: CHANGES };
  const check = async () => {
    const { toLimitsCheck } = await import('../../answer/ci/limits-check.js');
    const { moments: names } = answer;
    const [source = ''] = names.slice(-1);
    const described = { command: 'growth' as const, subject: names.join(' → '), source };
    return toLimitsCheck({ ...found, ...described }, limits, repositoryOf(asked, session));
  };
  await sayChecks(check, checks, session);
  if (limits.length > 0) {
    const mistyped = limitsOfNothing(limits, answer.classNames());
    for (const sentence of mistyped) progress.say(sentence);
  }
  return reportLimits(crossedLimits(limits, found.types, CHANGES), io);
};

const CHANGES = { object: 'more object', bytes: 'more' };

/**
 * The outputs: a table on standard output unless a file is named; with a drawing, a picture, too.
 */
function growthOutputs(asked: Asked, session: Session) {
  const { draw } = asked.options;
  const { checks, others: places } = sortOutputs(namedOutputs(asked, session));
  const tables = places.filter(isTable);
  const pictures = places.filter((output) => !isTable(output));
  const [first] = pictures;
  if (first !== undefined && !draw) {
    throw usage(say`${first.format} is for a picture; add ${option('draw')} to have one`);
  }
  const isTaken = [...checks, ...pictures].some(({ file }) => file === null);
  return {
    tables: tables.length > 0 || isTaken ? tables : [STDOUT_TEXT],
    checks,
    // tables contain the sentences of the picture
    pictures: draw === true && places.length === 0 ? [usualFile('growth-new', session)] : pictures,
  };
}

function isTable({ format }: Output): boolean {
  return tableFormats.some(({ name }) => name === format);
}
