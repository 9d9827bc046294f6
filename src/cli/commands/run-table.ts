import type { ClassList } from '../../answer/list-types.js';
import { writeTables } from '../../answer/write-tables.js';
import type { OptionValues } from '../../question/options.js';
import type { Output } from '../../question/outputs.js';
import { Redactor } from '../../redact/redactor.js';
import { type NextStep, stepWords } from '../../report/next/next-step.js';
import { type TableReport, withNext } from '../../report/tables/table.js';
import { type Sentence, spell } from '../../util/sentence.js';
import { isForReaders } from '../answer-places.js';
import type { Asked, Session } from '../cli-command.js';
import { type Io, write } from '../io.js';
import { toTerminalLine } from '../terminal-line.js';
import { budgetOf } from './budget-of.js';

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

/**
 * Writes tables, and says where they are. With a budget they are cut to it.
 *
 * @param next what to ask after them; by default what the report itself says.
 */
export async function sayTables(
  report: TableReport,
  outputs: readonly Output[],
  { place, progress }: Session,
  { asked, next = null }: { readonly asked: Asked; readonly next?: NextStep | null },
): Promise<void> {
  const onWritten = ({ file, path }: Output) => {
    if (file !== null) progress.say(`Table written to ${path}`);
  };
  const budget = budgetOf(asked, outputs);
  const asker = budget?.asker ?? null;
  const said = asker === null ? report : withNext(report, stepWords(next, asker));
  await writeTables(said, outputs, { ...place, onWritten }, budget?.tokens ?? null);
}

/** Reports the limits that were crossed, and returns the exit code. */
export async function reportLimits(sentences: readonly Sentence[], io: Io): Promise<number> {
  for (const sentence of sentences) {
    await write(io.stderr, `showbackref: ${toTerminalLine(spell(sentence, 'flags'))}\n`);
  }
  return sentences.length > 0 ? CROSSED : 0;
}
