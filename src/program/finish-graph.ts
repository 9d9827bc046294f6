import { prepareRendering, renderOutputs } from '../answer/render-output.js';
import type { Subgraph } from '../collect/picture/subgraph.js';
import type { SourcePlace } from '../engine/scripts.js';
import { writeWholeFile } from '../files/write-whole-file.js';
import { findFormat, type OutputFormat } from '../report/formats.js';
import { followSourceMaps, type LocatedAnswer } from '../source-maps/follow-source-maps.js';
import { type MapScope, usualFolders } from '../source-maps/map-scope.js';
import type { GraphQuestion, OutputFile } from './questions.js';

type Finish = Pick<GraphQuestion, 'outputs' | 'report' | 'sourceMaps'>;

/** What knows where the objects of an answer were made. */
export interface LocatingHeap {
  readonly placesIn: (subgraph: Subgraph) => ReadonlyMap<string, SourcePlace>;
  /** Where the heap is saved; null for that of the program itself. */
  readonly file: string | null;
}

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
  heap: LocatingHeap,
): Promise<LocatedAnswer> {
  const { sourceMaps } = request;
  const located = sourceMaps === false ? answer : await locate(answer, heap, sourceMaps);
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
  { placesIn, file }: LocatingHeap,
  folders: readonly string[],
): Promise<LocatedAnswer> {
  const scope: MapScope =
    file === null ? 'anywhere' : { folders: [...usualFolders(process.cwd(), file), ...folders] };
  const located = await followSourceMaps(subgraph, placesIn(subgraph), scope);
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
