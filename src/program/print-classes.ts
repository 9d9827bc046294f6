import { type ClassList, listGrowth, listTypes } from '../answer/list-types.js';
import { FILES_ONLY } from '../answer/write-outputs.js';
import { tableText, writeTables } from '../answer/write-tables.js';
import type { OptionValues } from '../question/options.js';
import { Redactor } from '../redact/redactor.js';
import { streamColumns } from '../report/stream-columns.js';
import { toGrowthReport } from '../report/tables/growth-report.js';
import { type TableReport, withMasked } from '../report/tables/table.js';
import { toTypesReport } from '../report/tables/types-report.js';
import type { Growth, TypeGrowth } from '../stats/growth.js';
import type { TypeStats } from '../stats/type-stats.js';
import { type PrintOptions, readFiles } from './call-options.js';

/** How a table names the two moments that it compares. */
export interface MomentNames {
  readonly from: string;
  readonly to: string;
}

/** The classes that were asked for. */
export function pickTypes(types: readonly TypeStats[], values: OptionValues): readonly TypeStats[] {
  return listTypes(types, classListOf(values), values.sort ?? 'count').types;
}

/** Prints them or writes them to files. @throws ShowBackrefError OUTPUT_FAILED. */
export async function printTypes(
  types: readonly TypeStats[],
  values: OptionValues,
  file: PrintOptions['file'],
): Promise<readonly TypeStats[]> {
  const list = classListOf(values);
  const selected = listTypes(types, list, values.sort ?? 'count');
  const report = withMasked(rowsOf(toTypesReport(selected)), list.redactor);
  await print(report, readFiles(values, 'types'), file);
  return selected.types;
}

/** The requested classes among those that have changed. */
export function pickGrowth(
  { types }: Pick<Growth, 'types'>,
  values: OptionValues,
): readonly TypeGrowth[] {
  return listGrowth(types, classListOf(values)).types;
}

/** Prints them or writes them to files. @throws ShowBackrefError OUTPUT_FAILED. */
export async function printGrowth(
  { types, byId }: Growth,
  { values, file }: { readonly values: OptionValues; readonly file: PrintOptions['file'] },
  moments: MomentNames,
): Promise<readonly TypeGrowth[]> {
  const list = classListOf(values);
  const selected = listGrowth(types, list);
  const report = toGrowthReport({ ...moments, byId, selected }, []);
  await print(withMasked(rowsOf(report), list.redactor), readFiles(values, 'growth'), file);
  return selected.types;
}

function classListOf({ limit, filter, all, redact }: OptionValues): ClassList {
  const selection = { filter, all, limit: Number.isFinite(limit) ? limit : null };
  return { selection, redactor: new Redactor(redact) };
}

async function print(
  report: TableReport,
  outputs: ReturnType<typeof readFiles>,
  file: PrintOptions['file'],
): Promise<void> {
  const place = file ?? (outputs.length === 0 ? process.stdout : undefined);
  place?.write(tableText('txt', report, { width: streamColumns(place) }));
  await writeTables(report, outputs, FILES_ONLY);
}

/** The rows as objgraph prints them: without sentences, and nothing when the list is empty. */
function rowsOf({ tables, document }: TableReport): TableReport {
  const bare = tables.map((table) => ({ ...table, notes: [] }));
  return { tables: bare.filter(({ rows }) => rows.length > 0), document };
}
