import { type Spelling, spell } from '../../util/sentence.js';
import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import { escapeMarkdown, markdownCode } from '../markdown/escape-markdown.js';
import type { Table, TableLook } from './table.js';

const MOST_GRAPHEMES = 120;

/** Tables as GitHub reads them; names are shown literally, whatever they contain. */
export function toMarkdownTables(
  tables: readonly Table[],
  { spelling = 'flags' }: TableLook = {},
): string {
  return tables.map((table) => toMarkdownTable(table, spelling)).join('\n');
}

function toMarkdownTable(
  { title, columns, rows, notes, next = [] }: Table,
  spelling: Spelling,
): string {
  const heading = title === null ? [] : [`### ${escapeMarkdown(title)}`, ''];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const header = line(columns.map((column) => column.title));
  const rule = line(columns.map(({ kind }) => (kind === 'number' ? '---:' : ':---')));
  const body = rows.map((row) => {
    return line(row.map((cell, at) => (columns[at]?.kind === 'text' ? textCell(cell) : cell)));
  });
  const table = rows.length === 0 ? [] : [header, rule, ...body];
  const words = [
    ...notes.map((note) => escapeMarkdown(spell(note, spelling))),
    ...next.map(markdownCode),
  ];
  const gap = table.length > 0 && words.length > 0 ? [''] : [];
  return `${[...heading, ...table, ...gap, ...words].join('\n')}\n`;
}

/** A cell of text; only these may come from a heap. */
function textCell(cell: string): string {
  if (cell === '') return cell;
  return `<code>${escapeMarkdown(truncate(showInvisible(cell), MOST_GRAPHEMES))}</code>`;
}
