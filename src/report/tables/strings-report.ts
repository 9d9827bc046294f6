import type { DuplicateString } from '../../stats/duplicate-strings.js';
import { formatBytes } from '../../util/format-bytes.js';
import { formatCount } from '../../util/format-count.js';
import { option, say } from '../../util/sentence.js';
import { truncate } from '../../util/truncate.js';
import { number, type TableReport, text } from './table.js';

/** The length at which a text is recognised in a table. */
const PREVIEW = 200;

/** The answer of `types` about duplicate texts. */
export function toStringsReport(
  strings: readonly DuplicateString[],
  limit: number | null,
): TableReport {
  const listed = strings.slice(0, limit ?? strings.length);
  const cut = strings.slice(listed.length);
  const wasted = strings.reduce((sum, string) => sum + string.wasted, 0);
  const found = strings.length === 1 ? '1 text has' : `${formatCount(strings.length)} texts have`;
  const more =
    cut.length === 0 ? '' : say` ${formatCount(cut.length)} more; ${option('limit')} shows more.`;
  return {
    document: { schema: 'showbackref/strings@1', strings: listed.map(withoutReason) },
    tables: [
      {
        title: null,
        columns: [text('text'), number('copies'), number('size'), number('wasted')],
        rows: listed.map((string) => [
          preview(string),
          formatCount(string.copies),
          formatBytes(string.size),
          formatBytes(string.wasted),
        ]),
        notes: [say`${found} copies, which waste ${formatBytes(wasted)}.${more}`],
      },
    ],
  };
}

function preview({ text, isCut }: DuplicateString): string {
  const shown = truncate(text, PREVIEW);
  return isCut && shown === text ? `"${shown}…` : `"${shown}"`;
}

/** The mask of a text without the reason, which only helps those who mask it. */
function withoutReason({
  isSecret: _,
  ...rest
}: DuplicateString): Omit<DuplicateString, 'isSecret'> {
  return rest;
}
