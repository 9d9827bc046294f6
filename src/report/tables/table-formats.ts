import { escapeInvisible } from '../../util/show-invisible.js';
import { cutValue } from '../../util/truncate.js';
import type { TableLook, TableReport } from './table.js';
import { toMarkdownTables } from './to-markdown-table.js';
import { toTextTables } from './to-text-table.js';

/** One format of an answer that is a table. */
export interface TableFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
  readonly binary: false;
  readonly write: (report: TableReport, look?: TableLook) => string;
}

/** Every format, in the order of the help. */
export const tableFormats: readonly TableFormat[] = [
  toFormat('txt', ({ tables }, look) => toTextTables(tables, look)),
  toFormat('json', ({ document }) => toJsonDocument(document)),
  toFormat('md', ({ tables }, look) => toMarkdownTables(tables, look)),
];

function toFormat(name: string, write: TableFormat['write']): TableFormat {
  return { name, extension: `.${name}`, binary: false, write };
}

/**
 * JSON with two spaces and a final newline; invisible characters are escaped, so it is safe to
 * print.
 */
function toJsonDocument(document: object): string {
  return `${escapeInvisible(JSON.stringify(document, cutValue, 2))}\n`;
}
