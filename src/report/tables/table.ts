import { formatCount } from '../../util/format-count.js';
import type { Sentence, Spelling } from '../../util/sentence.js';
import { maskedWords } from '../summary.js';

export interface Column {
  readonly title: string;
  /** `text` may come from a heap and is cut if there is no room; numbers never are. */
  readonly kind: 'text' | 'number';
  /**
   * For the last column: text that does not fit continues on the next line instead of being cut.
   */
  readonly wraps?: true;
}

/**
 * A table before it is written in some format: cells are plain text, nothing in them is escaped.
 */
export interface Table {
  /** Null for the only table of a report. */
  readonly title: string | null;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences below the table. */
  readonly notes: readonly Sentence[];
  /** The next questions: at the end and each in one line, to be copied. */
  readonly next?: readonly string[];
  /** True for a table that another one of the report sums up: it is left out first where there is no room. */
  readonly isDetail?: true;
}

/** An answer that is a table: one version for readers, and one for other programs. */
export interface TableReport {
  readonly tables: readonly Table[];
  /** The JSON document. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** The look of tables. */
export interface TableLook {
  /** The width of text in columns, for terminals. */
  readonly width?: number | undefined;
  /** How options are named in notes. Default: as they are typed. */
  readonly spelling?: Spelling | undefined;
}

export const text = (title: string): Column => ({ title, kind: 'text' });
export const number = (title: string): Column => ({ title, kind: 'number' });

/** `+1,200`, `-3`, `0`. */
export function formatChange(change: number): string {
  return change > 0 ? `+${formatCount(change)}` : formatCount(change);
}

/** Says at the end, and in the document, what to ask next. */
export function withNext({ tables, document }: TableReport, next: readonly string[]): TableReport {
  const last = tables.length - 1;
  const noted = tables.map((table, at) => {
    return at === last ? { ...table, next } : table;
  });
  return { tables: noted, document: { ...document, ...(next.length > 0 && { next }) } };
}

/** Says in the last table and in the document how many texts were masked. */
export function withMasked(
  { tables, document }: TableReport,
  { count, mode }: { readonly count: number; readonly mode: string },
): TableReport {
  const note = maskedWords(count, mode);
  const last = tables.length - 1;
  const noted = tables.map((table, at) => {
    return at === last && note !== null ? { ...table, notes: [...table.notes, note] } : table;
  });
  return { tables: noted, document: { ...document, masked: count } };
}
