import { number, type TableReport, text } from '../../report/tables/table.js';
import { formatBytes } from '../../util/format-bytes.js';
import { type MemoryLog, peakOf } from './memory-log.js';

/** A report with start, end and peak of each kind of memory, and all samples for other programs. */
export function toMemoryReport(log: MemoryLog): TableReport {
  const rows = log.series.map((series) => {
    const { samples } = series;
    const peak = peakOf(series);
    const [start = peak, end = peak] = [samples[0], samples.at(-1)];
    const sizes = [start, end, peak].map(({ bytes }) => formatBytes(bytes));
    return [series.name, ...sizes, `${peak.time.toFixed(2)} s`, `${samples.length}`];
  });
  const columns = ['Start', 'End', 'Peak', 'At', 'Samples'].map(number);
  return {
    tables: [{ title: null, columns: [text('Memory'), ...columns], rows, notes: notesOf(log) }],
    document: { schema: 'showbackref/mprof@1', ...log },
  };
}

function notesOf({ command, peak }: MemoryLog): readonly string[] {
  return [
    ...(command === '' ? [] : [command]),
    ...(peak === null
      ? []
      : [`Peak of the process as measured by the system: ${formatBytes(peak)}.`]),
  ];
}
