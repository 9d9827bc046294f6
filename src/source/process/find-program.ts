import { basename } from 'node:path';
import { ShowBackrefError } from '../../errors.js';
import { pushAll } from '../../util/many.js';
import { shortCommand } from './process-command.js';
import { type NodeProcess, ProcessTable } from './process-table.js';

/** The process that is meant. */
export interface MeantProcess {
  readonly pid: number;
  /** A sentence on why it is not the process that was named, or on further ones; null for none. */
  readonly note: string | null;
}

/** The limit of nested starters. */
const MOST_STARTERS = 8;

/**
 * Finds the process that runs the program: npm, tsx and `node --watch` only start it, the primary
 * of a cluster has workers.
 *
 * @throws ShowBackrefError AMBIGUOUS_TARGET for a starter of several.
 */
export async function findProgram(pid: number): Promise<MeantProcess> {
  const table = await ProcessTable.read();
  const named = await table.find(pid);
  // the code that looks at it reports what is wrong with it
  if (named === null) return { pid, note: null };
  const children = await table.startedBy(pid);
  const workers = children.filter(({ role }) => role === 'worker');
  if (named.role !== 'starter')
    return workers.length === 0 ? { pid, note: null } : primary(pid, workers);
  const programs = await programsOf(table, children);
  const [only] = programs;
  if (only === undefined) return { pid, note: null };
  const starts = `process ${pid} (${shortCommand(named)}) only starts`;
  if (programs.length === 1) {
    return {
      pid: only.pid,
      note: `P${starts.slice(1)} ${only.pid} (${shortCommand(only)}): looking at pid:${only.pid}.`,
    };
  }
  throw severalOf(`${starts} ${programs.length} others; name the one that you mean`, programs);
}

/**
 * Finds the process with a script of that name.
 *
 * @param name a file with or without its folders, or a title that a process has given itself.
 * @throws ShowBackrefError SOURCE_NOT_FOUND, AMBIGUOUS_TARGET.
 */
export async function findNamedProcess(name: string): Promise<MeantProcess> {
  const table = await ProcessTable.read();
  const named = (await table.list()).filter((one) => isNamed(one, name));
  // `node --watch app.js` and its child have the same name
  const programs = named.filter(({ role }) => role !== 'starter');
  const meant = programs.length > 0 ? programs : named;
  const [only] = meant;
  if (only === undefined) {
    const text = `no process of Node.js runs ${JSON.stringify(name)}; see showbackref ps for those there are`;
    throw new ShowBackrefError('SOURCE_NOT_FOUND', text);
  }
  if (meant.length > 1) {
    throw severalOf(`${meant.length} processes run ${JSON.stringify(name)}; name one`, meant);
  }
  return { pid: only.pid, note: `Looking at pid:${only.pid} (${shortCommand(only)}).` };
}

/**
 * The primary of a cluster: its own program may be meant, or that of its only worker, which does
 * the work.
 */
function primary(pid: number, workers: readonly NodeProcess[]): MeantProcess {
  const [only] = workers;
  const starts = `Process ${pid} is the primary of a cluster`;
  if (workers.length === 1 && only !== undefined) {
    const note = `${starts} whose work is done by ${only.pid} (${shortCommand(only)}): looking at pid:${only.pid}.`;
    return { pid: only.pid, note };
  }
  const names = workers.map((worker) => `pid:${worker.pid}`).join(', ');
  return { pid, note: `${starts} whose work is done by its workers: use one of ${names}.` };
}

async function programsOf(
  table: ProcessTable,
  children: readonly NodeProcess[],
  depth = 0,
): Promise<readonly NodeProcess[]> {
  const programs: NodeProcess[] = [];
  for (const child of children) {
    const further =
      child.role === 'starter' && depth < MOST_STARTERS
        ? await programsOf(table, await table.startedBy(child.pid), depth + 1)
        : [];
    pushAll(programs, further.length > 0 ? further : [child]);
  }
  return programs;
}

function isNamed({ script, args }: NodeProcess, name: string): boolean {
  if (args.length === 1 && args[0] === name) return true;
  if (script === null) return false;
  return basename(script) === name || script === name || script.endsWith(`/${name}`);
}

function severalOf(sentence: string, processes: readonly NodeProcess[]): ShowBackrefError {
  const details = processes.map((one) => `  pid:${one.pid}  ${shortCommand(one)}`);
  return new ShowBackrefError('AMBIGUOUS_TARGET', sentence, { details });
}
