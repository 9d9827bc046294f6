import { prepareRendering, renderOutputs } from '../../answer/render-output.js';
import { type GrowthAnswer, showGrowth } from '../../answer/show-growth.js';
import { describeOutput } from '../../report/describe-output.js';
import type { OutputFormat } from '../../report/formats.js';
import { type TableFormat, tableFormats } from '../../report/tables/table-formats.js';
import type { RawArguments } from '../build-yargs.js';
import { crossedLimits } from '../fail-on.js';
import { growthFormats, isTableFormat } from '../growth-formats.js';
import { growthMoments } from '../growth-moments.js';
import type { Io } from '../io.js';
import { oneOf, single, usage } from '../option-values.js';
import { formatNamed, type Output, pictureName, placesOf, reportOf } from '../output-options.js';
import type { TerminalProgress } from '../progress.js';
import { isForReaders, listOptionsOf, redactorOf } from '../table-options.js';
import { textWidthOf } from '../text-width.js';
import { checkOutputs, writeOutput } from '../write-outputs.js';
import { maxMemoryOf, reportLimits, withProgress, writeTables } from './run-table.js';

/** The command `growth`: what changed between two moments or more. */
export async function runGrowth(raw: RawArguments, io: Io): Promise<number> {
  const draw = raw.draw === true;
  const { tables, pictures } = growthOutputsOf(raw, draw);
  const { selection, limits } = listOptionsOf(raw, isForReaders(tables));
  const sort = oneOf('--sort', single('--sort', raw.sort), ['count', 'size'], 'count');
  const redactor = redactorOf(raw);
  const maxMemory = maxMemoryOf(raw);
  const sources = growthMoments(raw, io);
  await checkOutputs([...tables, ...pictures], io);
  return withProgress(raw, io, async (progress) => {
    await prepareRendering(plan(pictures, textWidthOf(raw, io)));
    const answer = await showGrowth({
      ...{ moments: await sources.open(progress), selection, sort, draw, redactor },
      ...{ peak: raw.peak === true, maxMemory, signal: io.signal, progress },
      ahead: io.ahead ?? null,
    });
    await writeTables(tables, answer.report, { raw, io, progress });
    await writePictures(pictures, answer, raw, io, progress);
    return reportLimits(crossedLimits(limits, changesOf(answer), CHANGES), io);
  });
}

const CHANGES = { objects: 'more objects', bytes: 'more' };

function changesOf({ growth }: GrowthAnswer) {
  return growth.types.map(({ name, delta, sizeDelta }) => {
    return { name, objects: delta, bytes: sizeDelta };
  });
}

/** A table on standard output unless it goes elsewhere; with --draw a picture besides. */
function growthOutputsOf(raw: RawArguments, draw: boolean) {
  const places = placesOf(raw, growthFormats);
  const tables = places.filter((place): place is Output<TableFormat> =>
    isTableFormat(place.format),
  );
  const pictures = places.filter((place): place is Output => !isTableFormat(place.format));
  if (pictures.length > 0 && !draw) {
    throw usage(`${pictures[0]?.format.name} is for a picture; add --draw to have one`);
  }
  const txt = formatNamed('txt', tableFormats);
  const isTaken = pictures.some(({ path }) => path === '-');
  return {
    tables: tables.length > 0 || isTaken ? tables : [{ path: '-', format: txt }],
    pictures: draw && pictures.length === 0 ? [defaultPicture()] : pictures,
  };
}

function defaultPicture(): Output {
  const png = growthFormats.find(({ name }) => name === 'png') as OutputFormat;
  return { path: pictureName('growth', ['new']), format: png };
}

/** A table beside a picture has no link to it, so no picture has to know its file. */
function plan(pictures: readonly Output[], widthOf: (path: string) => number) {
  return pictures.map(({ path, format }) => ({ format, file: null, width: widthOf(path) }));
}

async function writePictures(
  pictures: readonly Output[],
  { drawing }: GrowthAnswer,
  raw: RawArguments,
  io: Io,
  progress: TerminalProgress,
): Promise<void> {
  if (drawing === null) return;
  const { subgraph, notes } = drawing;
  const contents = await renderOutputs(
    subgraph,
    plan(pictures, textWidthOf(raw, io)),
    { ...reportOf(raw), notes },
    {
      signal: io.signal,
      onNotice: (sentence) => progress.warn(sentence),
      onStage: (words) => progress.stage(words),
    },
  );
  for (const [at, output] of pictures.entries()) {
    progress.clear();
    await writeOutput(output, contents[at] ?? '', io);
    if (output.path !== '-') progress.say(describeOutput(output, subgraph));
  }
  for (const note of notes) progress.say(note);
}
