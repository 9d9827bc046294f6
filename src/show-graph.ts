import type { Subgraph } from './collect/subgraph.js';
import type { GraphAnswer, GraphOptions } from './heap.js';
import { loadHeap } from './heap.js';
import { prepareRendering, renderOutput } from './render-output.js';
import type { OutputFormat, ReportOptions } from './report/formats.js';
import { expressionOf, parseTarget } from './select/parse-target.js';
import { openSource, type SourceRequest } from './source/open-source.js';

/** The questions whose answer is a graph; the heap has a method of that name for each. */
export type GraphCommand = Subgraph['command'];

export interface ShowGraphRequest {
  readonly command: GraphCommand;
  readonly source: SourceRequest;
  readonly targets: readonly string[];
  readonly options: GraphOptions;
  /** The formats wanted; the answer has one output for each. */
  readonly formats: readonly OutputFormat[];
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

export interface ShowGraphAnswer {
  readonly subgraph: Subgraph;
  readonly notes: readonly string[];
  /** Same order as the request's formats. */
  readonly outputs: readonly (string | Uint8Array)[];
}

/** The whole job: open, read, index, select, collect, report, render. */
export async function showGraph(request: ShowGraphRequest): Promise<ShowGraphAnswer> {
  await prepareRendering(request.formats);
  const answer = await askSource(request);
  request.progress.stage('Drawing');
  const report = { ...request.report, notes: [...(request.report.notes ?? []), ...answer.notes] };
  const outputs: (string | Uint8Array)[] = [];
  for (const format of request.formats) {
    const onNotice = (sentence: string) => request.progress.warn(sentence);
    const options = { signal: request.signal, onNotice };
    outputs.push(await renderOutput(answer.subgraph, format, report, options));
  }
  return { ...answer, outputs };
}

async function askSource(request: ShowGraphRequest): Promise<GraphAnswer> {
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
    return heap[request.command](targets, request.options);
  } finally {
    await source.close();
  }
}
