import type { LineProfile, ProfiledFunction, ProfiledLine } from '../run/line-profile.js';
import type { LineReportOptions, LineRow, LineTable } from './line-table.js';

const SHORT_MARK = '~';
const SHORT_NOTE =
  '~ so short that measuring took more than a tenth of the time: an estimate; the hits are exact.';

/** One table per function, with the columns of Python's line_profiler. */
export function toTimeTables(
  { functions }: LineProfile,
  { unit, stripZeros }: LineReportOptions,
): readonly LineTable[] {
  return functions
    .filter(({ calls }) => calls > 0 || !stripZeros)
    .map((profiled) => toTable(profiled, { unit, stripZeros }));
}

function toTable(profiled: ProfiledFunction, options: LineReportOptions): LineTable {
  const { name, file, line, lines, calls, way } = profiled;
  const total = lines.reduce((sum, { time }) => sum + (time ?? 0), 0);
  const hasWaited = lines.some(({ waited }) => waited > 0);
  const shown = lines.filter(({ hits }) => hits > 0 || !options.stripZeros);
  const hasShort = shown.some(({ isShort }) => isShort);
  const wait = hasWaited ? ['Wait'] : [];
  return {
    heading: [
      `Total time: ${toPrecision(total / 1000)} s in ${calls} ${calls === 1 ? 'call' : 'calls'}, ${way}`,
      `File: ${file}`,
      `Function: ${name} at line ${line}`,
    ],
    columns: ['Line #', 'Hits', 'Time', 'Per Hit', '% Time', ...wait],
    rows: shown.map((shownLine) => toRow(shownLine, { total, hasWaited, unit: options.unit })),
    notes: [
      ...(calls === 0 ? [`${name} was never called.`] : []),
      ...(hasShort ? [SHORT_NOTE] : []),
      ...(hasWaited ? ['Wait: suspended at await or yield, not part of Time.'] : []),
    ],
  };
}

function toRow(
  { number, text, hits, time, waited, isShort }: ProfiledLine,
  { total, hasWaited, unit }: { total: number; hasWaited: boolean; unit: number },
): LineRow {
  const inUnits = (milliseconds: number) => (milliseconds / 1000 / unit).toFixed(1);
  const own = time ?? 0;
  const heat = total > 0 ? own / total : 0;
  const wait = hasWaited ? [waited > 0 ? inUnits(waited) : ''] : [];
  if (hits === 0) return { cells: [`${number}`, '', '', '', '', ...wait], text, heat: 0 };
  const mark = isShort ? SHORT_MARK : '';
  const cells = [
    ...[`${number}`, `${hits}`, mark + inUnits(own), mark + inUnits(own / hits)],
    ...[(heat * 100).toFixed(1), ...wait],
  ];
  return { cells, text, heat };
}

function toPrecision(seconds: number): string {
  return seconds === 0 ? '0' : String(Number(seconds.toPrecision(6)));
}
