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
  const { name, file, calls } = counts;
  const exact = counts.lines.map((text, at) => toLine(counts.firstLine + at, text, counts));
  const mark = (line: ProfiledLine) => (line.hits > 0 ? { ...line, isShort: true } : line);
  const lines = isIncomplete ? exact.map(mark) : exact;
  return { name, file, line: lines[0]?.number ?? counts.firstLine, calls, way, lines };
}

function toLine(number: number, text: string, counts: FunctionCounts): ProfiledLine {
  const at = number - counts.firstLine;
  const of = (values: readonly number[] | null) => values?.[at] ?? 0;
  const amount = of(counts.amount);
  const hits = of(counts.hits);
  const line = { number, text, hits, waited: of(counts.waited) };
  if (counts.external !== null) {
    // looking takes about as much itself each time
    const isShort = hits > 0 && Math.abs(amount) < of(counts.added);
    const memory = { increment: amount, external: of(counts.external), usage: of(counts.peaks) };
    return { ...line, time: null, ...memory, isShort };
  }
  const added = Math.max(of(counts.added), hits * COLD_HIT);
  const isShort = hits > 0 && added > MOST_ADDED * amount;
  return { ...line, time: amount, increment: null, external: null, usage: null, isShort };
}
