import { cutValue } from '../../util/cut-value.js';
import { escapeInvisible } from '../../util/show-invisible.js';
import type { TableReport } from './table.js';
import { toMarkdownTables } from './to-markdown-table.js';
import { toTextTables } from './to-text-table.js';

/** One format of an answer that is a table. */
export interface TableFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
  readonly binary: false;
  /** @param width columns of text, where the format is made for a terminal. */
  readonly write: (report: TableReport, width?: number) => string;
}

/** Every format, in the order the help names them. */
export const tableFormats: readonly TableFormat[] = [
  toFormat('txt', ({ tables }, width) => toTextTables(tables, width)),
  toFormat('json', ({ document }) => toJsonDocument(document)),
  toFormat('md', ({ tables }) => toMarkdownTables(tables)),
];

function toFormat(name: string, write: TableFormat['write']): TableFormat {
  return { name, extension: `.${name}`, binary: false, write };
}

/** Two spaces, a final newline; invisible characters as escapes, so that it is safe to print. */
function toJsonDocument(document: object): string {
  return `${escapeInvisible(JSON.stringify(document, cutValue, 2))}\n`;
}
