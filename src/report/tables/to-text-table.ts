import { highest } from '../../util/many.js';
import { spell } from '../../util/sentence.js';
import { truncate } from '../../util/truncate.js';
import { wrapText } from '../../util/wrap-text.js';
import { columnsIn, columnsOf, escapeTerminal } from '../escape-terminal.js';
import type { Column, Table, TableLook } from './table.js';

/** The width of the narrowest usual terminal in columns. */
const USUAL_WIDTH = 80;
const GAP = '  ';
/** The least width of a column of text, however wide the numbers are. */
const LEAST_TEXT = 12;

/** Tables for a terminal of limited width: numbers right, names left and cut with `…`. */
export function toTextTables(tables: readonly Table[], look: TableLook = {}): string {
  return tables.map((table) => toTextTable(table, look)).join('\n');
}

function toTextTable(
  { title, columns, rows, notes, next = [] }: Table,
  { width = USUAL_WIDTH, spelling = 'flags' }: TableLook,
): string {
  const cells = rows.map((row) => row.map(escapeTerminal));
  const header = columns.map((column) => column.title);
  const widths = fitWidths(columns, [header, ...cells], width);
  const lines = [header, ...cells]
    .flatMap((row) => wrapRow(row, columns, widths))
    .map((row) =>
      row
        .map((cell, at) => pad(cell, widths[at] ?? 0, columns[at]?.kind ?? 'text'))
        .join(GAP)
        .trimEnd(),
    );
  const rule = '-'.repeat(highest(lines.map(columnsIn)));
  const [first = '', ...others] = lines;
  const body = rows.length === 0 ? [] : [first, rule, ...others];
  const sentences = notes.flatMap((note) =>
    wrapText(escapeTerminal(spell(note, spelling)), width, columnsIn),
  );
  const words = [...sentences, ...next.map(escapeTerminal)];
  const heading = title === null ? [] : [escapeTerminal(title)];
  const gap = body.length > 0 && words.length > 0 ? [''] : [];
  return `${[...heading, ...body, ...gap, ...words].join('\n')}\n`;
}

/** A row, and further ones for text that does not fit in its last cell. */
function wrapRow(
  row: readonly string[],
  columns: Table['columns'],
  widths: readonly number[],
): readonly (readonly string[])[] {
  const last = columns.length - 1;
  if (columns[last]?.wraps !== true) return [row];
  const width = Math.max(1, widths[last] ?? 0);
  const lines = wrapText(row[last] ?? '', width, columnsIn).flatMap((line) =>
    breakWord(line, width),
  );
  const [first = '', ...more] = lines;
  const blanks = columns.slice(0, last).map(() => '');
  return [[...row.slice(0, last), first], ...more.map((text) => [...blanks, text])];
}

/** Breaks a word that is too long for one line. */
function breakWord(line: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (piece !== '' && columnsIn(piece + character) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

/** Columns as wide as their widest cell; columns of text share the room that the numbers leave. */
function fitWidths(
  columns: Table['columns'],
  rows: readonly (readonly string[])[],
  most: number,
): readonly number[] {
  const widths = columns.map((_, at) => highest(rows.map((row) => columnsIn(row[at] ?? ''))));
  const texts = [...columns.keys()].filter((at) => columns[at]?.kind === 'text');
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1));
  let excess = total - most;
  // the last text first: a place helps less than a name
  for (const at of texts.reverse()) {
    const width = widths[at] ?? 0;
    const cut = Math.max(0, Math.min(excess, width - LEAST_TEXT));
    widths[at] = width - cut;
    excess -= cut;
  }
  return widths;
}

function pad(cell: string, width: number, kind: Column['kind']): string {
  const shown = truncate(cell, width, columnsOf);
  const blanks = ' '.repeat(Math.max(0, width - columnsIn(shown)));
  return kind === 'number' ? blanks + shown : shown + blanks;
}
