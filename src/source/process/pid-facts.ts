import { createReadStream } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { highest } from '../../util/many.js';
import { isNotNode, noPermission, noProcess } from '../inspector/live-errors.js';

/** The facts about a process that Linux provides. */
export interface ProcessFacts {
  readonly pid: number;
  /**
   * Distinguishes it from a later process with the same number. In clock ticks since the machine
   * was started.
   */
  readonly startedAt: number;
  /** The number by which the process knows itself, which differs in a container. */
  readonly innerPid: number;
  /** Arguments with the program's name first. */
  readonly args: readonly string[];
  /** NODE_OPTIONS at its start. */
  readonly nodeOptions: string;
  readonly engine: 'node' | 'deno' | 'bun';
  /** It can be reached over this machine's 127.0.0.1. */
  readonly isInOurNetwork: boolean;
}

/**
 * Texts that no other program's file contains, whatever its name: the function that runs Node.js,
 * which is also in a thin executable around its library, and the message about a taken port; a
 * module of Deno.
 */
const MARKS = [
  { engine: 'node', mark: Buffer.from('_ZN4node5StartEiPPc') },
  { engine: 'node', mark: Buffer.from('Starting inspector on %s:%d failed') },
  { engine: 'deno', mark: Buffer.from('ext:deno_node') },
] as const;
const LONGEST_MARK = highest(MARKS.map(({ mark }) => mark.length));

const CHUNK_BYTES = 1 << 20;

/** Signal numbers start at 1, their bits at 0. */
const SIGUSR1_BIT = 1n << 9n;

/**
 * Reads the facts. @throws ShowBackrefError SOURCE_NOT_FOUND if there is no such process,
 * SOURCE_REFUSED if it must not
 *   be looked at or runs something other than Node.js.
 */
export async function readProcess(pid: number): Promise<ProcessFacts> {
  const folder = `/proc/${pid}`;
  try {
    // first: anything read afterwards may belong to a later process, which is noticed then
    const { startedAt } = await readStatus(pid);
    const program = (await readlink(`${folder}/exe`)).replace(/ \(deleted\)$/, '');
    const isNamedBun = /^bun[\d.-]*$/.test(basename(program));
    const engine = isNamedBun ? 'bun' : await findEngine(`${folder}/exe`);
    if (engine === null) throw isNotNode(pid, program);
    const [args, environment, network, ours, innerPid] = await Promise.all([
      readWords(`${folder}/cmdline`),
      readWords(`${folder}/environ`),
      readlink(`${folder}/ns/net`),
      readlink('/proc/self/ns/net'),
      readInnerPid(folder, pid),
    ]);
    const options = environment.find((entry) => entry.startsWith('NODE_OPTIONS='));
    return {
      ...{ pid, startedAt, innerPid, args, engine, isInOurNetwork: network === ours },
      nodeOptions: options?.slice('NODE_OPTIONS='.length) ?? '',
    };
  } catch (error) {
    throw explainProc(pid, error);
  }
}

/** False for a later process with the same number, and for a zombie. */
export async function isRunning({
  pid,
  startedAt,
}: Pick<ProcessFacts, 'pid' | 'startedAt'>): Promise<boolean> {
  return readStatus(pid).then(
    (status) => status.startedAt === startedAt && !/[ZX]/.test(status.state),
    () => false,
  );
}

/** True if stopped by SIGSTOP, a terminal or a debugger. */
export async function isStopped(pid: number): Promise<boolean> {
  return readStatus(pid).then(
    ({ state }) => /[Tt]/.test(state),
    () => false,
  );
}

/** Format: proc(5), `/proc/pid/stat`, where the name, the second field, may contain anything. */
async function readStatus(pid: number): Promise<{ state: string; startedAt: number }> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startedAt: Number(fields[19]) };
}

/** The effect of a SIGUSR1: Node.js handles it, and opens its inspector, from early on. */
export async function readSignalState(pid: number): Promise<'taken' | 'refused' | 'deadly'> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch((error) => {
    throw explainProc(pid, error);
  });
  const has = (field: string) => {
    const mask = new RegExp(`^${field}:\\s*([0-9a-f]+)`, 'm').exec(status)?.[1] ?? '0';
    return (BigInt(`0x${mask}`) & SIGUSR1_BIT) !== 0n;
  };
  if (has('SigCgt') && !has('SigBlk')) return 'taken';
  return has('SigIgn') || has('SigBlk') ? 'refused' : 'deadly';
}

/** A description for a message; the number alone if nothing else is known. */
export async function describeProcess(pid: number): Promise<string> {
  const program = await readlink(`/proc/${pid}/exe`).catch(() => null);
  return program === null ? `process ${pid}` : `process ${pid} (${basename(program)})`;
}

function explainProc(pid: number, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return noPermission(pid, error);
  return code === 'ENOENT' || code === 'ESRCH' ? noProcess(pid) : error;
}

/**
 * The engine in an executable file, usually found at its beginning. A file's name proves nothing:
 * anyone can copy it.
 */
export async function findEngine(file: string): Promise<'node' | 'deno' | null> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    const window = Buffer.concat([rest, chunk as Buffer]);
    const found = MARKS.find(({ mark }) => window.includes(mark));
    if (found !== undefined) return found.engine;
    rest = Buffer.from(window.subarray(1 - LONGEST_MARK));
  }
  return null;
}

/** The last number is that of the innermost namespace. */
async function readInnerPid(folder: string, pid: number): Promise<number> {
  const status = await readFile(`${folder}/status`, 'latin1');
  return Number(/^NSpid:.*?(\d+)$/m.exec(status)?.[1] ?? pid);
}

async function readWords(file: string): Promise<readonly string[]> {
  return (await readFile(file, 'utf8')).split('\0').filter(Boolean);
}
