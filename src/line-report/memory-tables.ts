import type { LineProfile, ProfiledFunction, ProfiledLine } from '../profile/line-profile.js';
import type { LineRow, LineTable } from './line-table.js';

const SMALL_NOTE =
  '~ no more than what looking at the heap takes itself, or not all of it is known: take it as a guess.';
const KINDS = {
  memory:
    'Increment: allocated on the line, garbage included; good to 0.1 MB for each 2 MB of garbage.',
  'live memory': 'Increment: what stays alive; garbage was collected at each line.',
  time: '',
} as const;
const OUTSIDE = 'Contents of Buffers and typed arrays are outside of the heap and not counted.';

/** One table per function, with the columns of Python's memory_profiler. */
export function toMemoryTables(
  { functions, measure }: LineProfile,
  { stripZeros }: { readonly stripZeros: boolean },
): readonly LineTable[] {
  return functions
    .filter(({ calls }) => calls > 0 || !stripZeros)
    .map((profiled) => toTable(profiled, stripZeros, KINDS[measure]));
}

function toTable(profiled: ProfiledFunction, stripZeros: boolean, kind: string): LineTable {
  const { name, file, line, lines, calls, way } = profiled;
  const most = Math.max(0, ...lines.map(({ increment }) => increment ?? 0));
  const shown = lines.filter(({ hits }) => hits > 0 || !stripZeros);
  const hasSmall = shown.some(({ isShort }) => isShort);
  return {
    heading: [
      `${calls} ${calls === 1 ? 'call' : 'calls'}, ${way}`,
      `File: ${file}`,
      `Function: ${name} at line ${line}`,
    ],
    columns: ['Line #', 'Mem usage', 'Increment', 'Occurrences'],
    rows: shown.map((shownLine) => toRow(shownLine, most)),
    notes: [
      ...(calls === 0 ? [`${name} was never called.`] : []),
      ...(hasSmall ? [SMALL_NOTE] : []),
      kind,
      OUTSIDE,
    ],
  };
}

function toRow(
  { number, text, hits, usage, increment, isShort }: ProfiledLine,
  most: number,
): LineRow {
  if (hits === 0) return { cells: [`${number}`, '', '', ''], text, heat: 0 };
  const mark = isShort ? '~' : '';
  const cells = [
    `${number}`,
    inMegabytes(usage ?? 0),
    mark + inMegabytes(increment ?? 0),
    `${hits}`,
  ];
  return { cells, text, heat: most > 0 ? Math.max(0, increment ?? 0) / most : 0 };
}

/** Small ones keep their bytes. */
function inMegabytes(bytes: number): string {
  if (Math.abs(bytes) < 10_000) return `${Math.round(bytes)} B`;
  return `${(bytes / 1e6).toFixed(3)} MB`;
}
