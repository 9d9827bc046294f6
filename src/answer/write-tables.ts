import type { Output } from '../question/outputs.js';
import { fitDocument } from '../report/budget/fit-document.js';
import { fitTables } from '../report/budget/fit-tables.js';
import type { TableLook, TableReport } from '../report/tables/table.js';
import { tableFormats } from '../report/tables/table-formats.js';
import { type Destination, writeOutput } from './write-outputs.js';

/** Writes a report as text in one of the formats of tables. */
export function tableText(format: string, report: TableReport, look: TableLook = {}): string {
  const found = tableFormats.find(({ name }) => name === format);
  if (found === undefined) throw new Error(`format ${format} is missing from the table`);
  return found.write(report, look);
}

/** The same in so many tokens. */
export async function fittedTables(
  format: string,
  { tables, document }: TableReport,
  { tokens, ...look }: TableLook & { readonly tokens: number },
): Promise<string> {
  if (format === 'json') return fitDocument(document, tokens);
  return fitTables(tables, tokens, (shorter) =>
    tableText(format, { tables: shorter, document }, look),
  );
}

/**
 * Writes tables to their outputs.
 *
 * @param tokens into which each output has to fit; any number for null.
 * @throws ShowBackrefError OUTPUT_FAILED.
 */
export async function writeTables(
  report: TableReport,
  outputs: readonly Output[],
  place: Destination,
  tokens: number | null = null,
): Promise<void> {
  for (const output of outputs) {
    const { format } = output;
    const look = { width: place.widthOf?.(output) };
    const text =
      tokens === null
        ? tableText(format, report, look)
        : await fittedTables(format, report, { ...look, tokens });
    await writeOutput(output, text, place);
  }
}
