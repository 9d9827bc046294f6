import type { Redactor } from '../redact/redactor.js';
import { toInfoReport } from '../report/tables/info-report.js';
import { toStringsReport } from '../report/tables/strings-report.js';
import { type TableReport, withMasked } from '../report/tables/table.js';
import { toTypesReport } from '../report/tables/types-report.js';
import { openSource, type SourceRequest } from '../source/open-source.js';
import { redactClasses } from '../stats/redact-classes.js';
import { selectTypes, type TypeSelection } from '../stats/select-types.js';
import type { TypeStats } from '../stats/type-stats.js';
import { type Purpose, readHeap, toLiveRequest, type WorkOptions } from './ask-heap.js';
import type { Heap } from './heap.js';

/** One heap and how to come by it. */
export interface StatsRequest extends WorkOptions {
  readonly source: SourceRequest;
  /** Every text from the heap passes it. */
  readonly redactor: Redactor;
}

export type TypesOrder = 'count' | 'size' | 'retained';

/** A table, and the numbers of all classes for who wants to check them. */
export interface TypesAnswer {
  readonly report: TableReport;
  readonly types: readonly TypeStats[];
}

const MEASURES: Readonly<Record<TypesOrder, (type: TypeStats) => number>> = {
  count: ({ count }) => count,
  size: ({ shallowSize }) => shallowSize,
  retained: ({ retainedSize }) => retainedSize,
};

/** The command `types`: the classes of a heap. */
export async function showTypes(
  request: StatsRequest & { readonly selection: TypeSelection; readonly sort: TypesOrder },
): Promise<TypesAnswer> {
  const { selection, sort, redactor } = request;
  const types = await ask(request, ({ heap }) => heap.types(), { retained: true });
  const selected = redactClasses(selectTypes(types, selection, MEASURES[sort]), redactor);
  return { report: withMasked(toTypesReport(selected), redactor), types };
}

/** `types --strings`: texts that are there more than once. */
export async function showDuplicateStrings(
  request: StatsRequest & { readonly selection: TypeSelection; readonly sort: 'count' | 'size' },
): Promise<TableReport> {
  const { selection, sort, redactor } = request;
  const found = await ask(request, ({ heap }) => heap.duplicateStrings());
  const fitting = found.filter(({ text }) => selection.filter?.(text) ?? true);
  if (sort === 'count') fitting.sort((a, b) => b.copies - a.copies || b.wasted - a.wasted);
  const wanted = selection.limit ?? fitting.length;
  // the others are only counted
  const strings = fitting.map((string, at) => {
    if (at >= wanted) return string;
    const { text, isSecret } = string;
    return { ...string, text: isSecret ? redactor.held(text, 'secret') : redactor.value(text) };
  });
  return withMasked(toStringsReport(strings, selection.limit), redactor);
}

/** The command `info`: what a snapshot is. */
export async function showInfo(request: StatsRequest): Promise<TableReport> {
  const { redactor } = request;
  const { info, origin } = await ask(request, ({ heap, bytes }, kind) => ({
    info: heap.info(),
    origin: { kind, producer: heap.producer, bytes },
  }));
  const roots = info.roots.map((root) => ({ ...root, name: redactor.places(root.name) }));
  return withMasked(toInfoReport({ ...info, roots }, origin), redactor);
}

async function ask<T>(
  request: StatsRequest,
  question: (read: { heap: Heap; bytes: number }, kind: string) => T,
  purpose: Purpose = {},
): Promise<T> {
  const source = await openSource(request.source, toLiveRequest(request));
  try {
    return question(await readHeap(source, request, purpose), source.kind);
  } finally {
    await source.close();
  }
}
