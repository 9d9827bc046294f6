import type { LineProfile, ProfiledFunction, ProfiledLine } from './line-profile.js';
import { findOriginal, type OriginalFunction } from './original-source.js';
import type { FunctionCounts, RunCounts } from './profile-run.js';

/** What measuring may add to a line, as a part of what the line itself took. */
const MOST_ADDED = 0.1;
/** What a hit may add to its line in code that V8 has not optimized yet, in milliseconds. */
const COLD_HIT = 1e-4;

/** Puts the counts of a run beside the lines a programmer knows. */
export function toLineProfile({ functions, notes }: RunCounts, way: string): LineProfile {
  return { measure: 'time', functions: functions.map((counts) => toFunction(counts, way)), notes };
}

function toFunction(counts: FunctionCounts, way: string): ProfiledFunction {
  const { name, calls } = counts;
  const original = findOriginal(counts);
  const lines = original === null ? linesOf(counts) : originalLinesOf(counts, original);
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

/** @param places where the line's counts are: several lines may have been made of one. */
function toLine(
  number: number,
  text: string,
  counts: FunctionCounts,
  places: readonly number[],
): ProfiledLine {
  const sum = (values: readonly number[]) =>
    places.reduce((total, place) => total + (values[place] ?? 0), 0);
  const time = sum(counts.amount);
  const hits = Math.max(0, ...places.map((place) => counts.hits[place] ?? 0));
  const added = Math.max(sum(counts.added), hits * COLD_HIT);
  const isShort = added > MOST_ADDED * time;
  return { number, text, hits, time, waited: sum(counts.waited), isShort: hits > 0 && isShort };
}
