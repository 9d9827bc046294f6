import { readHeap, type WorkOptions } from './ask-heap.js';
import type { Subgraph } from './collect/subgraph.js';
import type { BackrefsAnswer, BackrefsOptions } from './heap.js';
import { prepareRendering, renderOutput } from './render-output.js';
import type { OutputFormat, ReportOptions } from './report/formats.js';
import { expressionOf, parseTarget } from './select/parse-target.js';
import { openSource, type SourceRequest } from './source/open-source.js';

export interface ShowBackrefsRequest extends WorkOptions {
  readonly source: SourceRequest;
  readonly targets: readonly string[];
  readonly options: BackrefsOptions;
  /** The formats wanted; the answer has one output for each. */
  readonly formats: readonly OutputFormat[];
  readonly report: ReportOptions;
}

export interface ShowBackrefsAnswer {
  readonly subgraph: Subgraph;
  readonly notes: readonly string[];
  /** Same order as the request's formats. */
  readonly outputs: readonly (string | Uint8Array)[];
}

/** The whole job: open, read, index, select, collect, report, render. */
export async function showBackrefs(request: ShowBackrefsRequest): Promise<ShowBackrefsAnswer> {
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

async function askSource(request: ShowBackrefsRequest): Promise<BackrefsAnswer> {
  const { targets, signal } = request;
  const expressions = targets
    .map((text) => expressionOf(parseTarget(text)))
    .filter((e) => e !== null);
  const source = await openSource(request.source, { expressions, ...(signal && { signal }) });
  try {
    const { heap } = await readHeap(source, request);
    return heap.backrefs(targets, request.options);
  } finally {
    await source.close();
  }
}
