import { ShowBackrefError } from '../errors.js';
import type { GraphQuestion } from '../question/graph-question.js';
import { expressionOf } from '../question/target.js';
import { isLoopback } from '../source/inspector/inspector-address.js';
import { openSource, type SourceRequest } from '../source/open-source.js';
import type { OpenedSource, WorkerThread } from '../source/opened-source.js';
import { usualFolders } from '../source-maps/map-scope.js';
import { askWorkers, isForMainThread } from './ask-workers.js';
import type { GraphAnswer, LocatableAnswer } from './collect-graph.js';
import { nameFunctions, unnamedFunctions } from './live/name-suspended.js';
import { readHeap, type Tap, toLiveRequest } from './load-heap.js';
import { needsSizes, preparationFor } from './preparation.js';
import type { Work } from './work.js';
import {
  type GraphDestination,
  locateGraph,
  prepareRendering,
  type ReportExtras,
  scopeOf,
  writeGraph,
} from './write-graph.js';

export interface ShowGraphRequest {
  readonly question: GraphQuestion & { readonly extras?: ReportExtras };
  readonly source: SourceRequest;
  readonly cwd: string;
  readonly tap?: Tap | undefined;
  readonly to: Omit<GraphDestination, 'work' | 'onRendered'>;
  /** Called with the sentences beside the picture once it is ready. */
  readonly onNotes?: (notes: readonly string[]) => void;
}

/** Does the whole job: open, read, select, collect, locate, report, render, write. */
export async function showGraph(request: ShowGraphRequest, work: Work): Promise<GraphAnswer> {
  const { question, to, onNotes } = request;
  await prepareRendering(question.outputs);
  const { answer, closing } = await askSource(request, work);
  try {
    work.progress.stage('Writing');
    const onRendered = () => onNotes?.(answer.notes);
    await writeGraph(answer, question, { ...to, work, onRendered });
    return answer;
  } finally {
    // a script may take a while to end
    await closing;
  }
}

interface Asked {
  readonly answer: GraphAnswer;
  /** Resolves when the source is let go of. */
  readonly closing: Promise<void>;
}

/** Where the main thread of a running program has no target, its workers are asked. */
async function askSource(request: ShowGraphRequest, work: Work): Promise<Asked> {
  const { source, tap } = request;
  let workers: readonly WorkerThread[] = [];
  // one file is for one heap
  const isToSearch = isForMainThread(source) && tap === undefined;
  try {
    return await askOne(request, work, async (opened) => {
      if (isToSearch) workers = (await opened.listWorkers?.()) ?? [];
    });
  } catch (error) {
    const isMissing = error instanceof ShowBackrefError && error.code === 'NOTHING_SELECTED';
    if (!isToSearch || !isMissing || workers.length === 0) throw error;
    return askWorkers(source, { missing: error, workers }, (worker) =>
      askOne({ ...request, source: worker }, work),
    );
  }
}

/** @param onMissing called before the source is let go of, where it has no target. */
async function askOne(
  { question, source: from, tap, cwd }: ShowGraphRequest,
  work: Work,
  onMissing: (source: OpenedSource) => Promise<void> = async () => undefined,
): Promise<Asked> {
  const expressions = question.targets.map(expressionOf).filter((text) => text !== null);
  const source = await openSource(from, { ...toLiveRequest(work), expressions });
  try {
    const sizes = needsSizes(question);
    const { heap } = await readHeap(source, work, {
      prepare: preparationFor(question),
      sizes,
      isMapped: question.sourceMaps !== false,
      tap,
    });
    const { sourceMaps } = question;
    if (sourceMaps !== false) {
      const scope = scopeOf({ sourceMaps }, mapFolders(from, cwd));
      await heap.findRenamed(question.targets, scope);
    }
    const answer = await addNames(heap.ask(question), source);
    return {
      answer: await locateGraph(answer, question, mapFolders(from, cwd)),
      closing: source.close(),
    };
  } catch (error) {
    if (error instanceof ShowBackrefError && error.code === 'NOTHING_SELECTED')
      await onMissing(source);
    await source.close();
    throw error;
  }
}

/**
 * The folders in which maps may be read. A program of this machine could read any file itself; a
 * saved heap, or another machine, must learn nothing.
 */
function mapFolders(source: SourceRequest, cwd: string): 'anywhere' | readonly string[] {
  const { kind } = source;
  if (kind === 'pid' || kind === 'script') return 'anywhere';
  if (kind === 'inspector' && isLoopback(source.address)) return 'anywhere';
  return usualFolders(cwd, kind === 'file' ? source.path : null);
}

async function addNames(
  answer: LocatableAnswer,
  { nameSuspended }: OpenedSource,
): Promise<LocatableAnswer> {
  const { subgraph } = answer;
  const nodeIds = unnamedFunctions(subgraph);
  if (nodeIds.length === 0 || nameSuspended === undefined) return answer;
  return { ...answer, subgraph: nameFunctions(subgraph, await nameSuspended(nodeIds)) };
}
