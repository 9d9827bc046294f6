import { highest } from '../../util/many.js';
import type { LineProfile, ProfiledFunction, ProfiledLine } from '../run/line-profile.js';
import type { LineRow, LineTable } from './line-table.js';

const SMALL_NOTE = '~ no more than the cost of measuring, or incomplete: an estimate.';
const KINDS = {
  memory: 'Increment: allocated on the line, garbage included.',
  'live memory': 'Increment: what stays alive; garbage was collected at each line.',
  time: '',
} as const;
const OUTSIDE =
  'External: contents of Buffers and typed arrays, which are outside of the heap; their release is noticed late.';
/** The least number of bytes outside of the heap that gets a column. */
const SHOWN_OUTSIDE = 10_000;

/** One table per function, with the columns of Python's memory_profiler. */
export function toMemoryTables(
  { functions, measure }: LineProfile,
  { stripZeros }: { readonly stripZeros: boolean },
): readonly LineTable[] {
  return functions
    .filter(({ calls }) => calls > 0 || !stripZeros)
    .map((profiled) => toTable(profiled, { stripZeros, kind: KINDS[measure] }));
}

function toTable(
  profiled: ProfiledFunction,
  { stripZeros, kind }: { readonly stripZeros: boolean; readonly kind: string },
): LineTable {
  const { name, file, line, lines, calls, way } = profiled;
  const most = highest(
    lines.map(({ increment, external }) => (increment ?? 0) + (external ?? 0)),
    0,
  );
  const shown = lines.filter(({ hits }) => hits > 0 || !stripZeros);
  const hasExternal = lines.some(({ external }) => Math.abs(external ?? 0) >= SHOWN_OUTSIDE);
  const hasSmall = shown.some(({ isShort }) => isShort);
  return {
    heading: [
      `${calls} ${calls === 1 ? 'call' : 'calls'}, ${way}`,
      `File: ${file}`,
      `Function: ${name} at line ${line}`,
    ],
    columns: [
      'Line #',
      'Mem usage',
      'Increment',
      ...(hasExternal ? ['External'] : []),
      'Occurrences',
    ],
    rows: shown.map((shownLine) => toRow(shownLine, { most, hasExternal })),
    notes: [
      ...(calls === 0 ? [`${name} was never called.`] : []),
      ...(hasSmall ? [SMALL_NOTE] : []),
      kind,
      ...(hasExternal ? [OUTSIDE] : []),
    ],
  };
}

function toRow(
  { number, text, hits, usage, increment, external, isShort }: ProfiledLine,
  { most, hasExternal }: { readonly most: number; readonly hasExternal: boolean },
): LineRow {
  const outside = (bytes: string) => (hasExternal ? [bytes] : []);
  if (hits === 0) return { cells: [`${number}`, '', '', ...outside(''), ''], text, heat: 0 };
  const mark = isShort ? '~' : '';
  const cells = [
    `${number}`,
    inMegabytes(usage ?? 0),
    mark + inMegabytes(increment ?? 0),
    ...outside(inMegabytes(external ?? 0)),
    `${hits}`,
  ];
  return {
    cells,
    text,
    heat: most > 0 ? Math.max(0, (increment ?? 0) + (external ?? 0)) / most : 0,
  };
}

/** A size in megabytes; small ones stay in bytes. */
function inMegabytes(bytes: number): string {
  if (Math.abs(bytes) < 10_000) return `${Math.round(bytes)} B`;
  return `${(bytes / 1e6).toFixed(3)} MB`;
}
