import type { Subgraph } from '../collect/picture/subgraph.js';
import type { GraphQuestion } from '../question/graph-question.js';
import type { Output } from '../question/outputs.js';
import type { Abridged, Budget } from '../report/budget/fit-graph.js';
import { pageNotice } from '../report/dot/page-size.js';
import { findFormat, type OutputFormat, type ReportOptions } from '../report/formats.js';
import { linkToPicture, type PlannedOutput } from '../report/picture-link.js';
import type { TextDecor } from '../report/text-decor.js';
import { followSourceMaps } from '../source-maps/follow-source-maps.js';
import type { MapScope } from '../source-maps/map-scope.js';
import type { GraphAnswer, LocatableAnswer } from './collect-graph.js';
import { placeLinks } from './place-links.js';
import { makeRenderer, type RenderOptions } from './rendering/make-renderer.js';
import type { Work } from './work.js';
import { type Destination, writeOutput } from './write-outputs.js';

/** The parts of a report besides the graph and the look that the question asks for. */
export interface ReportExtras extends Pick<ReportOptions, 'command' | 'template'> {
  /** The budget of text, Markdown and JSON. */
  readonly budget?: Budget;
}

/** The outputs of a graph, and the receiver of messages about them. */
export interface GraphDestination {
  readonly work: Work;
  readonly place: Destination;
  /** Called when all outputs are ready to be written. */
  readonly onRendered?: () => void;
  readonly onWritten?: (output: Output, subgraph: Subgraph) => void;
}

/**
 * Loads the renderers while the heap is being read: both take most of a second.
 *
 * @throws ShowBackrefError RENDER_FAILED when a renderer is not installed.
 */
export async function prepareRendering(outputs: readonly Output[]): Promise<void> {
  if (outputs.every(({ format }) => formatNamed(format).kind === 'text')) return;
  if (outputs.some(({ format }) => format === 'pdf')) {
    await (await import('../render/pdf.js')).loadPdfKit();
  }
  (await import('../render/svg.js')).prepareRenderSvg();
}

/**
 * The answer with its places mapped to the sources, if wanted.
 *
 * @param usual folders below which maps are looked for, in addition to those that the question
 *   names.
 */
export async function locateGraph(
  { subgraph, notes, placesIn }: LocatableAnswer,
  { sourceMaps }: Pick<GraphQuestion, 'sourceMaps'>,
  usual: 'anywhere' | readonly string[],
): Promise<GraphAnswer> {
  const places = placesIn(subgraph);
  if (sourceMaps === false) return { subgraph, notes, links: placeLinks(subgraph, places) };
  const scope = scopeOf({ sourceMaps }, usual);
  const located = await followSourceMaps(subgraph, places, scope);
  const links = placeLinks(located.subgraph, places);
  return { ...located, notes: [...notes, ...located.notes], links };
}

/** Where source maps may be looked for. */
export function scopeOf(
  { sourceMaps }: { readonly sourceMaps: readonly string[] },
  usual: 'anywhere' | readonly string[],
): MapScope {
  return usual === 'anywhere' ? usual : { folders: [...usual, ...sourceMaps] };
}

/**
 * Renders the outputs of a question and writes them.
 *
 * @throws ShowBackrefError RENDER_FAILED, OUTPUT_FAILED, INTERRUPTED.
 */
export async function writeGraph(
  { subgraph, notes, links = new Map() }: GraphAnswer,
  question: Pick<GraphQuestion, 'outputs' | 'look' | 'spelling'> & {
    readonly extras?: ReportExtras;
  },
  { work, place, onRendered, onWritten }: GraphDestination,
): Promise<void> {
  const { outputs, look, spelling, extras } = question;
  const { signal, progress } = work;
  const planned = outputs.map((output): PlannedOutput => {
    const width = place.widthOf?.(output);
    const format = formatNamed(output.format);
    const { hasColours = false, hasLinks = false } = place.decorOf?.(output) ?? {};
    const decor: TextDecor = { hasColours, links: hasLinks ? links : new Map() };
    return { file: output.file, format, decor, ...(width !== undefined && { width }) };
  });
  const contents = await renderOutputs(
    subgraph,
    planned,
    { ...look, ...extras, spelling, notes },
    {
      signal,
      onNotice: (sentence) => progress.warn(sentence),
      onStage: (words) => progress.stage(words),
    },
  );
  onRendered?.();
  for (const [at, output] of outputs.entries()) {
    await writeOutput(output, contents[at] ?? '', place);
    onWritten?.(output, subgraph);
  }
}

/**
 * Renders the outputs in order: text, or bytes. A drawing that several of them share is laid out
 * once.
 *
 * @throws ShowBackrefError RENDER_FAILED, INTERRUPTED.
 */
export async function renderOutputs(
  subgraph: Subgraph,
  outputs: readonly PlannedOutput[],
  report: ReportOptions & Pick<ReportExtras, 'budget'>,
  options: RenderOptions = {},
): Promise<(string | Uint8Array)[]> {
  let isNoted = false;
  const onDrawn = (svg: string) => {
    const notice = isNoted ? null : pageNotice(subgraph, svg);
    isNoted ||= notice !== null;
    if (notice !== null) options.onNotice?.(notice);
  };
  const renderer = makeRenderer(report.fonts ?? [], { ...options, onDrawn });
  const finished: (string | Uint8Array)[] = [];
  for (const output of outputs) {
    const picture = linkToPicture(outputs, output);
    const { template, budget, ...rest } = report;
    const own = {
      ...rest,
      ...(picture === undefined ? {} : { picture }),
      ...(output.width === undefined ? {} : { width: output.width }),
      ...(output.decor === undefined ? {} : { decor: output.decor }),
      ...(template?.format === output.format.name ? { template } : {}),
    };
    const { format } = output;
    if (budget === undefined || !isFitted(format)) {
      finished.push(await format.write(subgraph, own, renderer));
      continue;
    }
    const { fitGraph } = await import('../report/budget/fit-graph.js');
    const write = async (part: Subgraph, abridged: Abridged) =>
      String(await format.write(part, { ...own, abridged }, renderer));
    finished.push(await fitGraph(subgraph, budget, { format: format.name, write }));
  }
  return finished;
}

/** True for a format that can be cut to a number of tokens: the source of a picture cannot. */
export function isFitted({ name }: Pick<OutputFormat, 'name'>): boolean {
  return name === 'txt' || name === 'md' || name === 'json';
}

function formatNamed(name: string): OutputFormat {
  const format = findFormat(name);
  if (format === null) throw new Error(`format ${name} is missing from the table`);
  return format;
}
