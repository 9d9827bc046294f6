import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { ShowBackrefError } from '../../errors.js';
import { readCommand, roleOf } from './process-command.js';
import type { LookedAtProcess } from './process-table.js';

/** Lists processes without `/proc`: by `ps`, which shows less. */
export async function listWithPs(platform: NodeJS.Platform): Promise<readonly LookedAtProcess[]> {
  if (platform === 'win32') {
    const text = 'processes cannot be listed on Windows; find the number in the Task Manager';
    throw new ShowBackrefError('SOURCE_REFUSED', text);
  }
  const argv = ['-U', String(process.getuid?.()), '-o', 'pid=,ppid=,etime=,rss=,args='];
  const { stdout } = await promisify(execFile)('ps', argv, { maxBuffer: 64 << 20 }).catch(
    (cause: Error) => {
      const text = `ps cannot be run: ${cause.message}; install it, or find the number otherwise`;
      throw new ShowBackrefError('SOURCE_REFUSED', text, { cause });
    },
  );
  const rows = stdout.split('\n').flatMap(toRow);
  const pids = new Set(rows.map(({ pid }) => pid));
  return rows
    .filter(({ pid, parent }) => pid !== process.pid && parent !== process.pid)
    .map((row) => ({ ...row, parent: pids.has(row.parent ?? 0) ? row.parent : null }))
    .sort((a, b) => a.pid - b.pid);
}

/** Reads a line; an argument with spaces cannot be distinguished from several. */
function toRow(line: string): readonly LookedAtProcess[] {
  const [, pid, parent, age = '', kilobytes, text = ''] =
    /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
  const args = text.split(' ');
  const engine = /^(node|nodejs|deno)[\d.-]*$/.exec(basename(args[0] ?? ''))?.[1];
  if (pid === undefined || engine === undefined) return [];
  const command = readCommand(args);
  return [
    {
      ...{ pid: Number(pid), parent: Number(parent), rss: 1024 * Number(kilobytes) },
      engine: engine === 'deno' ? 'deno' : 'node',
      ...{ args, script: command.script, role: roleOf(args, command, []) },
      ageSeconds: parseAge(age),
      ...{ nodeOptions: '', inspector: null, heapUsed: null, workers: null },
    },
  ];
}

/** `[[days-]hours:]minutes:seconds`. */
function parseAge(text: string): number {
  const [clock = '', days = '0'] = text.split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}
