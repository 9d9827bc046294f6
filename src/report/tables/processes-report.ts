import { formatBytes } from '../../util/format-bytes.js';
import { formatCount } from '../../util/format-count.js';
import { number, type TableReport, text } from './table.js';

/** A process of Node.js or Deno as tables and other programs see it. */
export interface ProcessRow {
  readonly pid: number;
  readonly engine: string;
  /** `node app.js`; all of its texts are masked. */
  readonly command: string;
  readonly script: string | null;
  /** `starter`: it only starts others; `worker`: it belongs to a cluster. */
  readonly role: string;
  readonly ageSeconds: number;
  readonly rss: number;
  readonly heapUsed: number | null;
  readonly inspector: string | null;
  readonly parent: number | null;
  readonly workers: number | null;
}

export function toProcessesReport(rows: readonly ProcessRow[]): TableReport {
  return {
    document: { schema: 'showbackref/ps@1', processes: rows },
    tables: [
      {
        title: 'Processes of Node.js that can be looked at',
        columns: [
          ...[number('pid'), text('command'), number('age'), number('memory')],
          ...[number('heap'), number('inspector'), number('parent'), number('workers')],
        ],
        rows: rows.map(cellsOf),
        notes: [noteOn(rows)],
      },
    ],
  };
}

function cellsOf(row: ProcessRow): readonly string[] {
  const { parent, workers, heapUsed } = row;
  return [
    String(row.pid),
    row.command,
    formatAge(row.ageSeconds),
    formatBytes(row.rss),
    heapUsed === null ? '' : formatBytes(heapUsed),
    row.inspector ?? '',
    parent === null ? '' : String(parent),
    workers === null || workers === 0 ? '' : formatCount(workers),
  ];
}

function noteOn(rows: readonly ProcessRow[]): string {
  if (rows.length === 0) return 'No process of Node.js runs for this user.';
  return 'The heap is known where the inspector is open; pid:N opens it for as long as it looks.';
}

/** `45 s`, `12 min`, `3 h`, `9 days`. */
function formatAge(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
