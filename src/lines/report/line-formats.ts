import { markdownFence } from '../../report/markdown/escape-markdown.js';
import { escapeInvisible } from '../../util/show-invisible.js';
import type { LineReport } from './line-table.js';
import { toLineHtml } from './to-line-html.js';
import { toLineText } from './to-line-text.js';

/** One format of an answer about lines of source. */
export interface LineFormat {
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extension: string;
  readonly write: (report: LineReport) => string;
}

/** Every format, in the order of the help. */
export const lineFormats: readonly LineFormat[] = [
  toFormat('txt', toLineText),
  toFormat('md', (report) => `${markdownFence(toLineText(report), 'text')}\n`),
  toFormat('json', toJson),
  toFormat('html', toLineHtml),
];

function toFormat(name: string, write: LineFormat['write']): LineFormat {
  return { name, extension: `.${name}`, write };
}

/** JSON with milliseconds and bytes, whatever unit the tables have. */
function toJson({ profile }: LineReport): string {
  const schema = profile.measure === 'time' ? 'showbackref/lprun@1' : 'showbackref/mprun@1';
  return `${escapeInvisible(JSON.stringify({ schema, ...profile }, null, 2))}\n`;
}

/** The format with an extension, in any letter case. */
export function findLineFormat(extension: string): LineFormat | null {
  return lineFormats.find((format) => format.extension === extension.toLowerCase()) ?? null;
}
