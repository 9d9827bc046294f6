import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { pushAll } from '../../util/many.js';
import { findEngine } from './pid-facts.js';
import { type ProgramRole, readCommand, roleOf } from './process-command.js';

/** A process of Node.js or Deno, as it can be seen without asking it. */
export interface NodeProcess {
  readonly pid: number;
  readonly engine: 'node' | 'deno';
  /** Arguments with the program's name first; or the title that it gave itself. */
  readonly args: readonly string[];
  /** The script it runs, as it was written; null without one. */
  readonly script: string | null;
  readonly role: ProgramRole;
  readonly ageSeconds: number;
  /** The number of bytes of memory in use. */
  readonly rss: number;
  /** The nearest ancestor that is also in the list. */
  readonly parent: number | null;
  /** NODE_OPTIONS at its start. */
  readonly nodeOptions: string;
}

/** A process with the further facts that its open inspector gives. */
export interface LookedAtProcess extends NodeProcess {
  /** `127.0.0.1:9229`; null if it is not open. */
  readonly inspector: string | null;
  /** In bytes; null if unknown. */
  readonly heapUsed: number | null;
  /** The number of worker threads; null if unknown. */
  readonly workers: number | null;
}

/** The facts that `/proc` provides at once. */
interface SeenProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly startedAt: number;
  readonly rss: number;
  /** The file it runs. */
  readonly file: string;
}

/** The unit of Linux's counters, on every machine that Node.js runs on. */
const TICKS_PER_SECOND = 100;
/** Event loops of a process without workers: that of the program and two of its platform. */
const OWN_LOOPS = 3;

/**
 * The processes of this user at one moment; without this one and those it has started. Linux only.
 */
export class ProcessTable {
  readonly #all: ReadonlyMap<number, SeenProcess>;
  readonly #uptime: number;
  /** By file: many processes run the same one, and examining it takes a while. */
  readonly #engines = new Map<string, Promise<NodeProcess['engine'] | null>>();

  static async read(): Promise<ProcessTable> {
    const uptime = Number((await readFile('/proc/uptime', 'latin1')).split(' ')[0]);
    const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const seen = await Promise.all(names.map((name) => see(Number(name))));
    const all = new Map(seen.flatMap((one) => (one === null ? [] : [[one.pid, one] as const])));
    return new ProcessTable(all, uptime);
  }

  private constructor(all: ReadonlyMap<number, SeenProcess>, uptime: number) {
    this.#all = all;
    this.#uptime = uptime;
  }

  /** All processes of Node.js and Deno, in the order of their numbers. */
  async list(): Promise<readonly NodeProcess[]> {
    const found: NodeProcess[] = [];
    for (const { pid } of this.#all.values()) {
      const one = await this.find(pid);
      if (one !== null) found.push(one);
    }
    return found.sort((a, b) => a.pid - b.pid);
  }

  /** Null for another program, or if there is no such process. */
  async find(pid: number): Promise<NodeProcess | null> {
    const one = this.#all.get(pid);
    const engine = one === undefined || this.#isOurs(one) ? null : await this.#engineOf(one);
    if (one === undefined || engine === null) return null;
    const [args, environment] = await Promise.all([
      readWords(`/proc/${pid}/cmdline`),
      readWords(`/proc/${pid}/environ`),
    ]);
    const command = readCommand(args);
    const options = environment.find((entry) => entry.startsWith('NODE_OPTIONS='));
    return {
      ...{ pid, engine, args, script: command.script, rss: one.rss },
      role: roleOf(args, command, environment),
      ageSeconds: Math.max(0, this.#uptime - one.startedAt / TICKS_PER_SECOND),
      parent: await this.#nearestAbove(one),
      nodeOptions: options?.slice('NODE_OPTIONS='.length) ?? '',
    };
  }

  /** The nearest processes that a process has started, itself or through a shell. */
  async startedBy(pid: number): Promise<readonly NodeProcess[]> {
    const found: NodeProcess[] = [];
    for (const child of this.#all.values()) {
      if (child.parentPid !== pid) continue;
      const one = await this.find(child.pid);
      if (one !== null) found.push(one);
      else if (!this.#isOurs(child)) pushAll(found, await this.startedBy(child.pid));
    }
    return found;
  }

  #engineOf({ pid, file }: SeenProcess): Promise<NodeProcess['engine'] | null> {
    const engine = this.#engines.get(file) ?? findEngine(`/proc/${pid}/exe`).catch(() => null);
    this.#engines.set(file, engine);
    return engine;
  }

  #isOurs(one: SeenProcess): boolean {
    for (let at: SeenProcess | undefined = one; at !== undefined; at = this.#above(at)) {
      if (at.pid === process.pid) return true;
    }
    return false;
  }

  #above({ parentPid }: SeenProcess): SeenProcess | undefined {
    return this.#all.get(parentPid);
  }

  async #nearestAbove(one: SeenProcess): Promise<number | null> {
    for (let at = this.#above(one); at !== undefined; at = this.#above(at)) {
      if ((await this.#engineOf(at)) !== null) return at.pid;
    }
    return null;
  }
}

/** Null for other users' processes, threads of the kernel, and processes that have just ended. */
async function see(pid: number): Promise<SeenProcess | null> {
  try {
    const folder = `/proc/${pid}`;
    if ((await stat(folder)).uid !== process.getuid?.()) return null;
    const file = await stat(`${folder}/exe`);
    const text = await readFile(`${folder}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    return {
      ...{ pid, parentPid: Number(fields[1]), startedAt: Number(fields[19]) },
      rss: await readRss(folder),
      file: `${file.dev}:${file.ino}`,
    };
  } catch {
    return null;
  }
}

async function readRss(folder: string): Promise<number> {
  const status = await readFile(`${folder}/status`, 'latin1');
  return 1024 * Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0);
}

interface LookedAt {
  readonly pid: number;
  /** An inspector has a separate event loop. */
  readonly isInspectorOpen: boolean;
}

/** Counts the worker threads of a process: each has an event loop, whatever its name. */
export async function countWorkers({ pid, isInspectorOpen }: LookedAt): Promise<number> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch((): string[] => []);
  const links = await Promise.all(
    names.map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  const loops = links.filter((link) => link === 'anon_inode:[eventpoll]').length;
  return Math.max(0, loops - OWN_LOOPS - (isInspectorOpen ? 1 : 0));
}

async function readWords(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\0').filter(Boolean);
}
