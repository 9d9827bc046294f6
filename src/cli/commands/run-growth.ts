import { compareMoments, type GrowthAnswer } from '../../answer/show-growth.js';
import { prepareRendering, writeGraph } from '../../answer/write-graph.js';
import { checkOutputs } from '../../answer/write-outputs.js';
import { usage } from '../../errors.js';
import { classLimits, crossedLimits, limitsOfNothing } from '../../question/class-limit.js';
import { lookOptionsOf } from '../../question/graph-question.js';
import type { Output } from '../../question/outputs.js';
import { outputFormats } from '../../report/formats.js';
import { tableFormats } from '../../report/tables/table-formats.js';
import { option, say } from '../../util/sentence.js';
import { namedOutputs, STDOUT_TEXT, usualFile } from '../answer-places.js';
import type { Asked, RunCommand, Session } from '../cli-command.js';
import { growthMoments } from '../growth-moments.js';
import { sayOutput } from '../say-output.js';
import { classListOf, reportLimits, sayTables } from './run-table.js';

/** The command `growth`: compares two or more moments. */
export const runGrowth: RunCommand = async (asked, session) => {
  const { io, progress, work, place } = session;
  const { draw, peak, sort, failOn } = asked.options;
  const { tables, pictures } = growthOutputs(asked, session);
  const list = classListOf(asked.options, tables);
  const moments = growthMoments(asked, session);
  await checkOutputs([...tables, ...pictures], outputFormats, place);
  await prepareRendering(pictures);
  const answer = await compareMoments(
    {
      ...list,
      moments: await moments.open(),
      sort: sort === 'size' ? 'size' : 'count',
      peak,
      draw: draw === true,
      spelling: 'flags',
    },
    work,
  );
  await sayTables(answer.report, tables, session);
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
  const limits = classLimits(failOn);
  if (limits.length > 0) {
    const mistyped = limitsOfNothing(limits, answer.classNames());
    for (const sentence of mistyped) progress.say(sentence);
  }
  return reportLimits(crossedLimits(limits, changesOf(answer), CHANGES), io);
};

const CHANGES = { object: 'more object', bytes: 'more' };

function changesOf({ growth }: GrowthAnswer) {
  return growth.types.map(({ name, delta, sizeDelta }) => {
    return { name, objects: delta, bytes: sizeDelta };
  });
}

/**
 * The outputs: a table on standard output unless a file is named; with a drawing, a picture, too.
 */
function growthOutputs(asked: Asked, session: Session) {
  const { draw } = asked.options;
  const places = namedOutputs(asked, session);
  const tables = places.filter(isTable);
  const pictures = places.filter((output) => !isTable(output));
  const [first] = pictures;
  if (first !== undefined && !draw) {
    throw usage(say`${first.format} is for a picture; add ${option('draw')} to have one`);
  }
  const isTaken = pictures.some(({ file }) => file === null);
  return {
    tables: tables.length > 0 || isTaken ? tables : [STDOUT_TEXT],
    // tables contain the sentences of the picture
    pictures: draw === true && places.length === 0 ? [usualFile('growth-new', session)] : pictures,
  };
}

function isTable({ format }: Output): boolean {
  return tableFormats.some(({ name }) => name === format);
}
