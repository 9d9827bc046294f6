import { writeWholeFile } from '../files/write-whole-file.js';
import type { Redactor } from '../redact/redactor.js';
import { type TableReport, withMasked } from '../report/tables/table.js';
import { tableFormats } from '../report/tables/table-formats.js';
import type { OutputFile } from './questions.js';
import type { PrintOptions } from './table-options.js';

/**
 * Prints a table, or writes it to the files asked for.
 *
 * @throws ShowBackrefError OUTPUT_FAILED.
 */
export async function writeTables(
  report: TableReport,
  redactor: Redactor,
  { file }: PrintOptions,
  outputs: readonly OutputFile[],
): Promise<void> {
  const shown = withMasked(withoutNotes(report), redactor);
  if (file !== undefined) file.write(textIn('txt', shown));
  else if (outputs.length === 0) process.stdout.write(textIn('txt', shown));
  for (const output of outputs) {
    const content = textIn(output.format, shown);
    await writeWholeFile(output.file, content, { shown: output.path, option: 'out' });
  }
}

/** They tell what the command line can do about it. */
function withoutNotes({ tables, document }: TableReport): TableReport {
  const bare = tables.map((table) => ({ ...table, notes: [] }));
  return { tables: bare.filter(({ rows }) => rows.length > 0), document };
}

function textIn(format: string, report: TableReport): string {
  const found = tableFormats.find(({ name }) => name === format);
  if (found === undefined) throw new Error(`format ${format} is missing from the table`);
  return found.write(report);
}
