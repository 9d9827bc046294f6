import type { Subgraph } from '../collect/picture/subgraph.js';
import type { ReportOptions } from '../report/formats.js';
import type { PlannedOutput } from '../report/picture-link.js';
import { expressionOf, parseTarget } from '../select/parse-target.js';
import { isLoopback } from '../source/inspector/inspector-address.js';
import { openSource, type SourceRequest } from '../source/open-source.js';
import type { OpenedSource } from '../source/opened-source.js';
import { followSourceMaps } from '../source-maps/follow-source-maps.js';
import { type MapScope, usualFolders } from '../source-maps/map-scope.js';
import { readHeap, toLiveRequest, type WorkOptions } from './ask-heap.js';
import type { GraphAnswer, GraphOptions, LocatedHeap } from './heap.js';
import { nameFunctions, unnamedFunctions } from './name-suspended.js';
import { prepareRendering, renderOutputs } from './render-output.js';

/** The questions whose answer is a graph; the heap has a method of that name for each. */
export type GraphCommand = Subgraph['command'];

export interface ShowGraphRequest extends WorkOptions {
  readonly command: GraphCommand;
  readonly source: SourceRequest;
  readonly targets: readonly string[];
  readonly options: GraphOptions;
  /** What is wanted; the answer has one output for each. */
  readonly outputs: readonly PlannedOutput[];
  readonly report: ReportOptions;
  /** Where to look for source maps of the scripts of a saved heap; false for nowhere. */
  readonly sourceMaps: false | MapFolders;
}

export interface MapFolders {
  readonly cwd: string;
  /** Further folders. */
  readonly folders: readonly string[];
}

export interface ShowGraphAnswer {
  readonly subgraph: Subgraph;
  readonly notes: readonly string[];
  /** Same order as the request's. */
  readonly outputs: readonly (string | Uint8Array)[];
}

/** The whole job: open, read, index, select, collect, locate, report, render. */
export async function showGraph(request: ShowGraphRequest): Promise<ShowGraphAnswer> {
  await prepareRendering(request.outputs);
  const { answer, closing } = await askSource(request);
  try {
    return { ...answer, outputs: await draw(request, answer) };
  } finally {
    // a script may take a while to its end
    await closing;
  }
}

async function draw(request: ShowGraphRequest, answer: GraphAnswer) {
  request.progress.stage('Writing');
  const report = { ...request.report, notes: [...(request.report.notes ?? []), ...answer.notes] };
  return renderOutputs(answer.subgraph, request.outputs, report, {
    signal: request.signal,
    onNotice: (sentence) => request.progress.warn(sentence),
    onStage: (words) => request.progress.stage(words),
  });
}

async function locate(
  heap: LocatedHeap,
  answer: GraphAnswer,
  scope: MapScope,
): Promise<GraphAnswer> {
  const { subgraph } = answer;
  const located = await followSourceMaps(subgraph, heap.placesIn(subgraph), scope);
  return { ...located, notes: [...answer.notes, ...located.notes] };
}

/** A program of this machine could look itself; a saved heap, or another machine, learns nothing. */
function scopeOf(source: SourceRequest, { cwd, folders }: MapFolders): MapScope {
  const { kind } = source;
  if (kind === 'pid' || kind === 'script') return 'anywhere';
  if (kind === 'inspector' && isLoopback(source.address)) return 'anywhere';
  const snapshot = kind === 'file' ? source.path : null;
  return { folders: [...usualFolders(cwd, snapshot), ...folders] };
}

/** `closing` resolves when the source is let go of. */
async function askSource(
  request: ShowGraphRequest,
): Promise<{ answer: GraphAnswer; closing: Promise<void> }> {
  const { targets } = request;
  const expressions = targets
    .map((text) => expressionOf(parseTarget(text)))
    .filter((e) => e !== null);
  const source = await openSource(request.source, { ...toLiveRequest(request), expressions });
  try {
    const { retained = false, largest = false, cut = [] } = request.options;
    const { heap } = await readHeap(source, request, {
      isWalked: true,
      retained: retained || largest,
      isCut: cut.length > 0 && !largest,
    });
    const found = heap[request.command](targets, request.options);
    const named = { ...found, subgraph: await addNames(found.subgraph, source) };
    const { sourceMaps } = request;
    const answer =
      sourceMaps === false ? named : await locate(heap, named, scopeOf(request.source, sourceMaps));
    return { answer, closing: source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function addNames(subgraph: Subgraph, { nameSuspended }: OpenedSource) {
  const nodeIds = unnamedFunctions(subgraph);
  if (nodeIds.length === 0 || nameSuspended === undefined) return subgraph;
  return nameFunctions(subgraph, await nameSuspended(nodeIds));
}
