import { type ErrorCode, ShowBackrefError } from '../../errors.js';
import { highest } from '../../util/many.js';
import { type OptionMention, option, type Sentence, say } from '../../util/sentence.js';

/**
 * The text that the user typed to pick one of several: part of a name in any letter case, or
 * `/re/`.
 */
export interface Choice {
  readonly text: string;
  matches(candidate: string): boolean;
}

/** One of several things to choose from. */
export interface Candidate {
  /** Its names; a choice that equals one of them beats one that is part of it. */
  readonly names: readonly string[];
}

interface ChoiceWords {
  /** Also the name of the option that chooses. */
  readonly noun: 'page' | 'worker';
  /** The owner of the candidates, as the user named it. */
  readonly owner: string;
}

/** The number of rows; further candidates are counted. */
const MOST_ROWS = 20;
const LONGEST_CELL = 60;

/**
 * Finds the one candidate that is meant; if `choice` is null, the only one there is.
 *
 * @throws ShowBackrefError NOTHING_SELECTED if there is none, AMBIGUOUS_TARGET if there are
 *   several; both with a table of the candidates and what to type for each.
 */
export function chooseOne<T extends Candidate>(
  candidates: readonly T[],
  choice: Choice | null,
  words: ChoiceWords & { toRow(candidate: T): readonly string[]; option(candidate: T): string },
): T {
  const { noun, owner } = words;
  const fail = (code: ErrorCode, sentence: Sentence, shown: readonly T[]) => {
    const head = [[noun, 'url'], 'choose with'] as const;
    const rows = shown
      .slice(0, MOST_ROWS)
      .map((one): Row => [words.toRow(one), option(noun, words.option(one))]);
    const more = shown.length - rows.length;
    return new ShowBackrefError(code, sentence, { details: toTable([head, ...rows], more) });
  };
  const found = choice === null ? candidates : findMatches(candidates, choice);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 0) {
    const whose = `${found.length} ${noun}s of ${JSON.stringify(owner)}`;
    const typed = choice === null ? null : option(noun, JSON.stringify(choice.text));
    const what = typed === null ? 'there are' : say`${typed} fits`;
    throw fail('AMBIGUOUS_TARGET', say`${what} ${whose}; choose one with ${option(noun)}`, found);
  }
  if (choice === null || candidates.length === 0) {
    const text = `${JSON.stringify(owner)} has no ${noun} to look at; start one`;
    throw new ShowBackrefError('NOTHING_SELECTED', text);
  }
  const typed = option(noun, JSON.stringify(choice.text));
  const sentence = say`no ${noun} of ${JSON.stringify(owner)} matches ${typed}; choose from these`;
  throw fail('NOTHING_SELECTED', sentence, candidates);
}

function findMatches<T extends Candidate>(candidates: readonly T[], choice: Choice): readonly T[] {
  const exact = candidates.filter(({ names }) => names.includes(choice.text));
  if (exact.length > 0) return exact;
  return candidates.filter(({ names }) => names.some((name) => choice.matches(name)));
}

/** A word in single quotes if a shell would interpret it. */
export function toShellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Cells, and what to type for this one. */
type Row = readonly [cells: readonly string[], typed: OptionMention | string];

function toTable(rows: readonly Row[], more: number): readonly Sentence[] {
  const last = (rows[0]?.[0].length ?? 1) - 1;
  const cells = rows.map(([row]) =>
    row.map((text, at) => (at === last ? shortUrl(text) : shortText(text))),
  );
  const widths = rows[0]?.[0].map((_, at) => highest(cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row, at) => {
    const start = row.map((text, column) => text.padEnd(widths?.[column] ?? 0)).join('  ');
    return say`${start}  ${rows[at]?.[1] ?? ''}`;
  });
  return more === 0 ? lines : [...lines, `… and ${more} more`];
}

/** Shortens URLs in the last column, which differ in their ends. */
function shortUrl(text: string): string {
  return text.length <= LONGEST_CELL ? text : `…${text.slice(1 - LONGEST_CELL)}`;
}

function shortText(text: string): string {
  return text.length <= LONGEST_CELL ? text : `${text.slice(0, LONGEST_CELL - 1)}…`;
}
