import { type OutputFormat, outputFormats } from '../report/formats.js';
import { type TableFormat, tableFormats } from '../report/tables/table-formats.js';

/** Growth is a table, and with --draw a picture, too. */
export const growthFormats: readonly (TableFormat | OutputFormat)[] = [
  ...tableFormats,
  ...outputFormats.filter(({ name }) => !tableFormats.some((table) => table.name === name)),
];

export function isTableFormat(format: TableFormat | OutputFormat): format is TableFormat {
  return tableFormats.some((table) => table === format);
}
