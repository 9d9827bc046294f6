import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';
import type { Table } from './table.js';

const MOST_GRAPHEMES = 120;

/** Tables as GitHub reads them; names are shown literally, whatever is in them. */
export function toMarkdownTables(tables: readonly Table[]): string {
  return tables.map(toMarkdownTable).join('\n');
}

function toMarkdownTable({ title, columns, rows, notes }: Table): string {
  const heading = title === null ? [] : [`### ${escapeMarkdownCell(title)}`, ''];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const header = line(columns.map((column) => column.title));
  const rule = line(columns.map(({ kind }) => (kind === 'number' ? '---:' : ':---')));
  const body = rows.map((row) => {
    return line(row.map((cell, at) => toCell(cell, columns[at]?.kind === 'text')));
  });
  const table = rows.length === 0 ? [] : [header, rule, ...body];
  const gap = table.length > 0 && notes.length > 0 ? [''] : [];
  return `${[...heading, ...table, ...gap, ...notes.map(escapeMarkdownCell)].join('\n')}\n`;
}

function toCell(cell: string, isText: boolean): string {
  if (cell === '') return '';
  const written = escapeMarkdownCell(truncate(showInvisible(cell), MOST_GRAPHEMES));
  return isText ? `<code>${written}</code>` : written;
}

/**
 * Text that stays text within a table: no markup, no cell border, no link. Names after `@` and numbers
 * after `#` are looked for when Markdown has been read, but not across elements.
 */
export function escapeMarkdownCell(text: string): string {
  return (
    showInvisible(text)
      .replace(
        /[&<>|`*_[\]~\\!$]|:(?=\/\/|[\w+-]+:)/g,
        (character) => `&#${character.charCodeAt(0)};`,
      )
      .replace(/(?<=www)\./gi, '&#46;')
      .replace(/[@#]|(?<=\bGH)-/gi, '<span>$&</span>')
      // the number of an entity is no reference
      .replace(/&<span>#<\/span>/g, '&#')
  );
}
