import { createReadStream } from 'node:fs';
import { readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { highest } from '../../util/many.js';
import { isNotNode, noPermission, noProcess } from '../inspector/live-errors.js';

/** What Linux says about a process. */
export interface ProcessFacts {
  readonly pid: number;
  /** Tells it from a later process of the same number. In clock ticks since the machine was started. */
  readonly startedAt: number;
  /** Its number as the process itself sees it, which in a container is another. */
  readonly innerPid: number;
  /** Arguments with the program's name in front. */
  readonly args: readonly string[];
  /** NODE_OPTIONS as it was started with. */
  readonly nodeOptions: string;
  readonly engine: 'node' | 'deno' | 'bun';
  /** It can be reached over this machine's 127.0.0.1. */
  readonly isInOurNetwork: boolean;
}

/**
 * What is in no other program's file, whatever it is called: the function that runs Node.js, which a thin
 * file around its library names too, and what it writes when a port is taken; a module of Deno.
 */
const MARKS = [
  { engine: 'node', mark: Buffer.from('_ZN4node5StartEiPPc') },
  { engine: 'node', mark: Buffer.from('Starting inspector on %s:%d failed') },
  { engine: 'deno', mark: Buffer.from('ext:deno_node') },
] as const;
const LONGEST_MARK = highest(MARKS.map(({ mark }) => mark.length));

const CHUNK_BYTES = 1 << 20;

/** Signal numbers start at 1, the bits that stand for them at 0. */
const SIGUSR1_BIT = 1n << 9n;

/**
 * @throws ShowBackrefError SOURCE_NOT_FOUND when there is no such process, SOURCE_REFUSED when it may not
 *   be looked at or runs something else than Node.js.
 */
export async function readProcess(pid: number): Promise<ProcessFacts> {
  const folder = `/proc/${pid}`;
  try {
    // first: what is read after it can be of a later process, which is noticed then
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

/** False for a later process of the same number, and for what is left of one that has ended. */
export async function isRunning({
  pid,
  startedAt,
}: Pick<ProcessFacts, 'pid' | 'startedAt'>): Promise<boolean> {
  return readStatus(pid).then(
    (status) => status.startedAt === startedAt && !/[ZX]/.test(status.state),
    () => false,
  );
}

/** By SIGSTOP, a terminal or a debugger. */
export async function isStopped(pid: number): Promise<boolean> {
  return readStatus(pid).then(
    ({ state }) => /[Tt]/.test(state),
    () => false,
  );
}

/** Format: proc(5), `/proc/pid/stat`, where the name, the second field, may hold anything. */
async function readStatus(pid: number): Promise<{ state: string; startedAt: number }> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startedAt: Number(fields[19]) };
}

/** What becomes of a SIGUSR1: Node.js takes it, and opens its inspector, from early on. */
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

/** For a message; the number alone where nothing more can be known. */
export async function describeProcess(pid: number): Promise<string> {
  const program = await readlink(`/proc/${pid}/exe`).catch(() => null);
  return program === null ? `process ${pid}` : `process ${pid} (${basename(program)})`;
}

function explainProc(pid: number, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return noPermission(pid, error);
  return code === 'ENOENT' || code === 'ESRCH' ? noProcess(pid) : error;
}

/** What is in an executable file, at its beginning as a rule. A file's name says nothing: anyone can copy it. */
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
