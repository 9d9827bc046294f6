import type { ClassList } from '../../answer/list-types.js';
import { writeTables } from '../../answer/write-tables.js';
import type { OptionValues } from '../../question/options.js';
import type { Output } from '../../question/outputs.js';
import { Redactor } from '../../redact/redactor.js';
import type { TableReport } from '../../report/tables/table.js';
import { type Sentence, spell } from '../../util/sentence.js';
import { isForReaders } from '../answer-places.js';
import type { Session } from '../cli-command.js';
import { type Io, write } from '../io.js';
import { toTerminalLine } from '../terminal-line.js';

/** The exit code of an answer that crosses a limit that the user set. */
const CROSSED = 3;
/** The number of rows of a table for people; a program gets all of them. */
const ROWS_SHOWN = 20;

/**
 * Says which classes to list.
 *
 * @param outputs where the list goes: for a reader it is limited.
 */
export function classListOf(options: OptionValues, outputs: readonly Output[]): ClassList {
  const { limit, filter, all, redact } = options;
  const rows = limit ?? (isForReaders(outputs) ? ROWS_SHOWN : Number.POSITIVE_INFINITY);
  const selection = { filter, all, limit: Number.isFinite(rows) ? rows : null };
  return { selection, redactor: new Redactor(redact) };
}

/** Writes tables, and says where they are. */
export async function sayTables(
  report: TableReport,
  outputs: readonly Output[],
  { place, progress }: Session,
): Promise<void> {
  const onWritten = ({ file, path }: Output) => {
    if (file !== null) progress.say(`Table written to ${path}`);
  };
  await writeTables(report, outputs, { ...place, onWritten });
}

/** Reports the limits that were crossed, and returns the exit code. */
export async function reportLimits(sentences: readonly Sentence[], io: Io): Promise<number> {
  for (const sentence of sentences) {
    await write(io.stderr, `showbackref: ${toTerminalLine(spell(sentence, 'flags'))}\n`);
  }
  return sentences.length > 0 ? CROSSED : 0;
}
