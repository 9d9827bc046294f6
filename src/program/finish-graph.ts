import { prepareRendering, renderOutputs } from '../answer/render-output.js';
import { writeWholeFile } from '../answer/write-file.js';
import type { Subgraph } from '../collect/picture/subgraph.js';
import type { SourcePlace } from '../engine/scripts.js';
import { findFormat, type OutputFormat } from '../report/formats.js';
import { followSourceMaps, type LocatedAnswer } from '../source-maps/follow-source-maps.js';
import type { GraphQuestion, OutputFile } from './questions.js';

type Finish = Pick<GraphQuestion, 'outputs' | 'report' | 'sourceMaps'>;

/** Loads what draws while there is something else to wait for. */
export function prepareOutputs({ outputs }: Finish): Promise<void> {
  return prepareRendering(toPlanned(outputs));
}

/**
 * Finds the places in the sources, and writes the files asked for.
 *
 * @throws ShowBackrefError RENDER_FAILED, OUTPUT_FAILED.
 */
export async function finishGraph(
  answer: LocatedAnswer,
  request: Finish,
  placesIn: (subgraph: Subgraph) => ReadonlyMap<string, SourcePlace>,
): Promise<LocatedAnswer> {
  const located = request.sourceMaps ? await locate(answer, placesIn) : answer;
  const { subgraph, notes } = located;
  const { outputs } = request;
  const contents = await renderOutputs(subgraph, toPlanned(outputs), { ...request.report, notes });
  for (const [index, { file, path }] of outputs.entries()) {
    await writeWholeFile(file, contents[index] ?? '', { shown: path, option: 'out' });
  }
  return located;
}

async function locate(
  { subgraph, notes }: LocatedAnswer,
  placesIn: (subgraph: Subgraph) => ReadonlyMap<string, SourcePlace>,
): Promise<LocatedAnswer> {
  const located = await followSourceMaps(subgraph, placesIn(subgraph));
  return { ...located, notes: [...notes, ...located.notes] };
}

function toPlanned(outputs: readonly OutputFile[]) {
  return outputs.map((output) => ({ ...output, format: formatOf(output) }));
}

function formatOf({ format }: OutputFile): OutputFormat {
  const found = findFormat(format);
  if (found === null) throw new Error(`format ${format} is missing from the table`);
  return found;
}
