import { columnsIn, escapeTerminal } from '../../report/escape-terminal.js';
import { highest } from '../../util/many.js';
import type { LineReport, LineTable } from './line-table.js';

const GAP = '  ';
const TAB = '    ';

/** Tables as line_profiler prints them; the text of a line comes last and is never cut. */
export function toLineText({ title, tables, notes }: LineReport): string {
  const parts = [[title], ...tables.map(toLines), ...(notes.length > 0 ? [notes] : [])];
  return `${parts.map((lines) => lines.map(escapeTerminal).join('\n')).join('\n\n')}\n`;
}

function toLines({ heading, columns, rows, notes }: LineTable): readonly string[] {
  const cells = [columns, ...rows.map((row) => row.cells)];
  const widths = columns.map((_, at) => highest(cells.map((row) => columnsIn(row[at] ?? ''))));
  const line = (row: readonly string[], text: string) =>
    [...row.map((cell, at) => cell.padStart(widths[at] ?? 0)), text].join(GAP).trimEnd();
  const header = line(columns, 'Line Contents');
  const body = rows.map(({ cells: row, text }) => line(row, text.replaceAll('\t', TAB)));
  const below = notes.length > 0 ? ['', ...notes] : [];
  return [...heading, '', header, '='.repeat(columnsIn(header)), ...body, ...below];
}
