import { countOf } from '../../util/format-count.js';
import { option, type Sentence, say } from '../../util/sentence.js';
import type { Table } from '../tables/table.js';
import { countTokens } from './count-tokens.js';
import { cutLines } from './cut-lines.js';
import { mostThatFits } from './most-that-fits.js';

/** Something a report can do without, and how much that would hurt: less for higher numbers. */
interface Part {
  readonly table: number;
  readonly kind: 'row' | 'note';
  readonly at: number;
  readonly cost: number;
}

/** Rows that come before all sentences but the first and the last. */
const FIRST_ROWS = 3;
const NEXT_ROWS = 10;
/** More than any other cost: tables of details go first. */
const DETAIL = 10_000_000;

/**
 * Tables as text that fits into so many tokens. The first rows and the first and last sentence of each stay
 * longest, tables of details go first; what is left out is counted.
 *
 * @param write the tables in some format.
 */
export async function fitTables(
  tables: readonly Table[],
  tokens: number,
  write: (tables: readonly Table[]) => string,
): Promise<string> {
  const parts = tables.flatMap(partsOf).sort((a, b) => a.cost - b.cost);
  const text = await mostThatFits(
    parts.length,
    (count) => write(shorten(tables, parts.slice(0, count))),
    (shorter) => countTokens(shorter) <= tokens,
  );
  return text ?? cutLines(write(shorten(tables, [])), tokens);
}

function partsOf({ rows, notes, isDetail }: Table, table: number): readonly Part[] {
  const base = isDetail ? DETAIL : 0;
  return [
    ...rows.map((_, at): Part => ({ table, kind: 'row', at, cost: base + costOfRow(at) })),
    ...notes.map((_, at): Part => {
      return { table, kind: 'note', at, cost: base + costOfNote(at, notes.length) };
    }),
  ];
}

/** Rows: 1 to 3, then 5 to 11, then from 1,000 on; sentences in between. */
function costOfRow(at: number): number {
  if (at < FIRST_ROWS) return 1 + at;
  return at < NEXT_ROWS ? 2 + at : 1000 + at;
}

/** The first sentence is about the first row, and the last one says what to do. */
function costOfNote(at: number, count: number): number {
  if (at === 0 || at === count - 1) return 0;
  return 100 + at;
}

function shorten(tables: readonly Table[], kept: readonly Part[]): readonly Table[] {
  const isKept = new Set(kept.map(({ table, kind, at }) => `${table} ${kind} ${at}`));
  let [rows, notes] = [0, 0];
  const shorter = tables.flatMap((table, index) => {
    const own = {
      ...table,
      rows: table.rows.filter((_, at) => isKept.has(`${index} row ${at}`)),
      notes: table.notes.filter((_, at) => isKept.has(`${index} note ${at}`)),
    };
    rows += table.rows.length - own.rows.length;
    notes += table.notes.length - own.notes.length;
    return isEmpty(own) && index < tables.length - 1 ? [] : [own];
  });
  return rows + notes === 0 ? tables : withSentence(shorter, leftWords(rows, notes));
}

/** Of a table of details the sentences alone say nothing. */
function isEmpty({ rows, notes, isDetail }: Table): boolean {
  return rows.length === 0 && (isDetail === true || notes.length === 0);
}

/** Before the last sentence, which says what to do next. */
function withSentence(tables: readonly Table[], sentence: Sentence): readonly Table[] {
  const last = tables.length - 1;
  return tables.map((table, at) => {
    if (at !== last) return table;
    return { ...table, notes: [...table.notes.slice(0, -1), sentence, ...table.notes.slice(-1)] };
  });
}

function leftWords(rows: number, notes: number): Sentence {
  const counts = [
    ...(rows === 0 ? [] : [countOf(rows, 'more row')]),
    ...(notes === 0 ? [] : [countOf(notes, 'more sentence')]),
  ];
  return say`Cut by ${option('budget')}: ${counts.join(' and ')}; raise it to see more.`;
}
