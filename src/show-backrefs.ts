import type { Subgraph } from './collect/subgraph.js';
import type { BackrefsAnswer, BackrefsOptions } from './heap.js';
import { loadHeap } from './heap.js';
import { prepareRendering, renderOutputs } from './render-output.js';
import type { ReportOptions } from './report/formats.js';
import type { PlannedOutput } from './report/picture-link.js';
import { expressionOf, parseTarget } from './select/parse-target.js';
import { openSource, type SourceRequest } from './source/open-source.js';

export interface ShowBackrefsRequest {
  readonly source: SourceRequest;
  readonly targets: readonly string[];
  readonly options: BackrefsOptions;
  /** What is wanted; the answer has one output for each. */
  readonly outputs: readonly PlannedOutput[];
  readonly report: ReportOptions;
  /** Sees the bytes of the heap on their way, to save them for example. */
  readonly tap?: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
  readonly progress: Progress;
}

/** What the pipeline says while it works; all of it may be ignored. */
export interface Progress {
  reading(bytes: number): void;
  stage(words: string): void;
  warn(sentence: string): void;
}

export interface ShowBackrefsAnswer {
  readonly subgraph: Subgraph;
  readonly notes: readonly string[];
  /** Same order as the request's. */
  readonly outputs: readonly (string | Uint8Array)[];
}

/** The whole job: open, read, index, select, collect, report, render. */
export async function showBackrefs(request: ShowBackrefsRequest): Promise<ShowBackrefsAnswer> {
  await prepareRendering(request.outputs);
  const answer = await askSource(request);
  request.progress.stage('Drawing');
  const report = { ...request.report, notes: [...(request.report.notes ?? []), ...answer.notes] };
  const onNotice = (sentence: string) => request.progress.warn(sentence);
  const options = { signal: request.signal, onNotice };
  const outputs = await renderOutputs(answer.subgraph, request.outputs, report, options);
  return { ...answer, outputs };
}

async function askSource(request: ShowBackrefsRequest): Promise<BackrefsAnswer> {
  const { targets, progress, signal } = request;
  const expressions = targets
    .map((text) => expressionOf(parseTarget(text)))
    .filter((e) => e !== null);
  const source = await openSource(request.source, { expressions, ...(signal && { signal }) });
  try {
    const bytes = request.tap?.(source.bytes) ?? source.bytes;
    const heap = await loadHeap({ ...source, bytes }, (bytes) => {
      signal?.throwIfAborted();
      progress.reading(bytes);
    });
    progress.stage('Searching');
    return heap.backrefs(targets, request.options);
  } finally {
    await source.close();
  }
}
