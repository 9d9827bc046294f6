import { highest } from '../../util/many.js';
import { findOriginal, type OriginalFunction } from '../probe/original-source.js';
import type { FunctionCounts, RunCounts } from '../strategy/profile-run.js';
import type { LineProfile, ProfiledFunction, ProfiledLine } from './line-profile.js';

/** The share of a line's own amount that measuring may add before the line counts as short. */
const MOST_ADDED = 0.1;
/**
 * The time that a hit may add to its line in code that V8 has not optimized yet, in milliseconds:
 * up to 2 µs were seen on a shared processor, 0.1 µs on another.
 */
const COLD_HIT = 5e-4;

/** Converts the counts of a run to the lines that a programmer knows. */
export function toLineProfile(counts: RunCounts, way: string): LineProfile {
  const { measure, functions, notes, isIncomplete } = counts;
  const profiled = functions.map((one) => toFunction(one, { way, isIncomplete }));
  return { measure, functions: profiled, notes };
}

function toFunction(
  counts: FunctionCounts,
  { way, isIncomplete }: Pick<ProfiledFunction, 'way'> & { readonly isIncomplete: boolean },
): ProfiledFunction {
  const { name, calls } = counts;
  const original = findOriginal(counts);
  const exact = original === null ? linesOf(counts) : originalLinesOf(counts, original);
  const mark = (line: ProfiledLine) => (line.hits > 0 ? { ...line, isShort: true } : line);
  const lines = isIncomplete ? exact.map(mark) : exact;
  const file = original?.file ?? counts.file;
  return { name, file, line: lines[0]?.number ?? counts.firstLine, calls, way, lines };
}

function linesOf(counts: FunctionCounts): readonly ProfiledLine[] {
  return counts.lines.map((text, at) => toLine(counts.firstLine + at, text, counts, [at]));
}

function originalLinesOf(
  counts: FunctionCounts,
  { firstLine, lines, lineOf }: OriginalFunction,
): readonly ProfiledLine[] {
  return lines.map((text, at) => {
    const own = [...counts.lines.keys()].filter((place) => lineOf[place] === firstLine + at);
    return toLine(firstLine + at, text, counts, own);
  });
}

/**
 * Makes one line. @param places the indexes of the line's counts: several compiled lines may come
 * from one.
 */
function toLine(
  number: number,
  text: string,
  counts: FunctionCounts,
  places: readonly number[],
): ProfiledLine {
  const sum = (values: readonly number[]) =>
    places.reduce((total, place) => total + (values[place] ?? 0), 0);
  const amount = sum(counts.amount);
  const hits = highest(
    places.map((place) => counts.hits[place] ?? 0),
    0,
  );
  const line = { number, text, hits, waited: sum(counts.waited) };
  if (counts.external !== null) {
    const usage = highest(
      places.map((place) => counts.peaks?.[place] ?? 0),
      0,
    );
    // measuring takes about the same each time
    const isShort = Math.abs(amount) < sum(counts.added);
    const external = sum(counts.external);
    return {
      ...line,
      time: null,
      increment: amount,
      external,
      usage,
      isShort: hits > 0 && isShort,
    };
  }
  const added = Math.max(sum(counts.added), hits * COLD_HIT);
  const isShort = added > MOST_ADDED * amount;
  return {
    ...line,
    time: amount,
    increment: null,
    external: null,
    usage: null,
    isShort: hits > 0 && isShort,
  };
}
