import type { ClassLimit } from '../question/class-limit.js';
import { passesFilter } from '../question/text-match.js';
import { toInfoReport } from '../report/tables/info-report.js';
import { toStringsReport } from '../report/tables/strings-report.js';
import { type TableReport, withMasked } from '../report/tables/table.js';
import { toTypesReport } from '../report/tables/types-report.js';
import { openSource, type SourceRequest } from '../source/open-source.js';
import type { TypeStats } from '../stats/type-stats.js';
import { drawLimits, type LimitedClass, type LimitPictures } from './ci/limit-pictures.js';
import type { LocatedHeap } from './heap.js';
import { type ClassList, listTypes, type TypesOrder } from './list-types.js';
import { type Purpose, readHeap, toLiveRequest } from './load-heap.js';
import type { Work } from './work.js';

/** One heap and how to get it. */
export interface StatsRequest extends Pick<Purpose, 'tap'> {
  readonly source: SourceRequest;
  /** Masks every text from the heap. */
  readonly redactor: ClassList['redactor'];
}

/** A table, and the numbers of all classes for callers that check limits. */
export interface TypesAnswer {
  readonly report: TableReport;
  readonly types: readonly TypeStats[];
  /** Those in the table, in its order. */
  readonly listed: readonly TypeStats[];
  /** Who holds what crosses a limit. */
  readonly pictures: LimitPictures;
}

/** Which classes are listed, and the limits whose crossing is drawn. */
export interface TypesRequest extends StatsRequest, ClassList {
  readonly sort: TypesOrder;
  readonly minSize?: number;
  readonly limits?: readonly ClassLimit[];
}

/** Retained sizes are part of the answer. */
const SIZES = { prepare: 'dominators', sizes: true } as const;

/** The command `types`: the classes of a heap. */
export async function showTypes(request: TypesRequest, work: Work): Promise<TypesAnswer> {
  const { sort, redactor, minSize, limits = [] } = request;
  const { types, pictures } = await ask({ ...request, ...SIZES }, work, ({ heap }) => {
    const found = heap.types(minSize);
    const measured = { types: found.map(toMeasured), redactor };
    return { types: found, pictures: drawLimits(heap, limits, measured) };
  });
  const selected = listTypes(types, request, sort);
  return {
    report: withMasked(toTypesReport(selected), redactor),
    types,
    listed: selected.types,
    pictures,
  };
}

/** A class as limits measure it. */
export function toMeasured({ name, count, retainedSize, location }: TypeStats): LimitedClass {
  return { name, objects: count, bytes: retainedSize, location };
}

/** The command `types` for strings that occur more than once. */
export async function showDuplicateStrings(
  request: StatsRequest & ClassList & { readonly sort: 'count' | 'size' },
  work: Work,
): Promise<TableReport> {
  const { selection, sort, redactor } = request;
  const { filter } = selection;
  const found = await ask(request, work, ({ heap }) => heap.duplicateStrings());
  const fitting = found.filter(({ text }) => filter === null || passesFilter(filter, text));
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

/** The command `info`: describes a snapshot. */
export async function showInfo(request: StatsRequest, work: Work): Promise<TableReport> {
  const { redactor } = request;
  const { info, origin } = await ask(request, work, ({ heap, bytes }, kind) => ({
    info: heap.describe(redactor),
    origin: { kind, producer: heap.producer, bytes },
  }));
  const roots = info.roots.map((root) => ({ ...root, name: redactor.places(root.name) }));
  return withMasked(toInfoReport({ ...info, roots }, origin), redactor);
}

async function ask<T>(
  { source: from, ...purpose }: StatsRequest & Purpose,
  work: Work,
  question: (read: { heap: LocatedHeap; bytes: number }, kind: string) => T,
): Promise<T> {
  const source = await openSource(from, toLiveRequest(work));
  try {
    return question(await readHeap(source, work, purpose), source.kind);
  } finally {
    await source.close();
  }
}
