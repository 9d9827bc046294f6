import type { Output } from '../question/outputs.js';
import type { TableReport } from '../report/tables/table.js';
import { tableFormats } from '../report/tables/table-formats.js';
import { type Destination, writeOutput } from './write-outputs.js';

/** Writes a report as text in one of the formats of tables. */
export function tableText(format: string, report: TableReport, width?: number): string {
  const found = tableFormats.find(({ name }) => name === format);
  if (found === undefined) throw new Error(`format ${format} is missing from the table`);
  return found.write(report, { width });
}

/** Writes tables to their outputs. @throws ShowBackrefError OUTPUT_FAILED. */
export async function writeTables(
  report: TableReport,
  outputs: readonly Output[],
  place: Destination,
): Promise<void> {
  for (const output of outputs) {
    await writeOutput(output, tableText(output.format, report, place.widthOf?.(output)), place);
  }
}
