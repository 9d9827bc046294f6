import { type ErrorCode, ShowBackrefError } from '../../errors.js';
import { highest } from '../../util/many.js';

/** What the user typed to pick one of several: a part of a name in any letter case, or `/re/`. */
export interface Choice {
  readonly text: string;
  matches(candidate: string): boolean;
}

/** One of several things to choose from. */
export interface Candidate {
  /** What it is known by; a choice that is exactly one of them beats one that is a part of it. */
  readonly names: readonly string[];
}

interface ChoiceWords {
  /** `page`, `worker`. */
  readonly noun: string;
  /** Whose they are, as the user named it. */
  readonly owner: string;
}

/** More than these are counted. */
const MOST_ROWS = 20;
const LONGEST_CELL = 60;

/**
 * The one candidate that is meant; `choice` null means the only one there is.
 *
 * @throws ShowBackrefError NOTHING_SELECTED when there is none, AMBIGUOUS_TARGET when there are several;
 *   both with a table of what there is and what to type for each.
 */
export function chooseOne<T extends Candidate>(
  candidates: readonly T[],
  choice: Choice | null,
  words: ChoiceWords & { toRow(candidate: T): readonly string[]; option(candidate: T): string },
): T {
  const { noun, owner } = words;
  const fail = (code: ErrorCode, sentence: string, shown: readonly T[]) => {
    const head = [noun, 'url', 'choose with'];
    const rows = shown
      .slice(0, MOST_ROWS)
      .map((one) => [...words.toRow(one), `--${noun} ${words.option(one)}`]);
    const more = shown.length - rows.length;
    return new ShowBackrefError(code, sentence, { details: toTable([head, ...rows], more) });
  };
  const found = choice === null ? candidates : findMatches(candidates, choice);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (found.length > 0) {
    const whose = `${found.length} ${noun}s of ${JSON.stringify(owner)}`;
    const what = choice === null ? 'there are' : `--${noun} ${JSON.stringify(choice.text)} fits`;
    throw fail('AMBIGUOUS_TARGET', `${what} ${whose}; choose one with --${noun}`, found);
  }
  if (choice === null || candidates.length === 0) {
    const text = `${JSON.stringify(owner)} has no ${noun} to look at; start one`;
    throw new ShowBackrefError('NOTHING_SELECTED', text);
  }
  const sentence = `no ${noun} of ${JSON.stringify(owner)} matches --${noun} ${JSON.stringify(choice.text)}; choose from these`;
  throw fail('NOTHING_SELECTED', sentence, candidates);
}

function findMatches<T extends Candidate>(candidates: readonly T[], choice: Choice): readonly T[] {
  const exact = candidates.filter(({ names }) => names.includes(choice.text));
  if (exact.length > 0) return exact;
  return candidates.filter(({ names }) => names.some((name) => choice.matches(name)));
}

/** In single quotes where a shell would read more into it than its letters. */
export function toShellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function toTable(rows: readonly (readonly string[])[], more: number): readonly string[] {
  const last = (rows[0]?.length ?? 1) - 1;
  const cells = rows.map((row) => row.map((text, at) => toCell(text, last - at)));
  const widths = rows[0]?.map((_, at) => highest(cells.map((row) => row[at]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((text, at) => text.padEnd(widths?.[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return more === 0 ? lines : [...lines, `… and ${more} more`];
}

/** What is to be typed, in the last column, is never cut; URLs, before it, differ in their ends. */
function toCell(text: string, columnFromLast: number): string {
  if (columnFromLast === 0 || text.length <= LONGEST_CELL) return text;
  if (columnFromLast === 1) return `…${text.slice(1 - LONGEST_CELL)}`;
  return `${text.slice(0, LONGEST_CELL - 1)}…`;
}
