import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface RunningProgram {
  readonly pid: number;
  /** The first line it printed. */
  readonly firstLine: string;
  readonly child: ChildProcess;
  /** Its output so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The address of the inspector that it was started with. */
  readonly inspector: () => Promise<string>;
}

export const programFile = (name: string) =>
  fileURLToPath(new URL(`../programs/${name}`, import.meta.url));

/** Starts a program, waits for the first line it prints, and ends it when the test is over. */
export async function startProgram(
  execPath: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  const child = spawn(execPath, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => endProgram(child));
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const firstLine = await Promise.race([
    stdout.find(/^(.*)\n/),
    once(child, 'exit').then(() => Promise.reject(new Error(`it ended: ${stderr.text()}`))),
  ]);
  return {
    pid: child.pid as number,
    firstLine,
    child,
    stdout: stdout.text,
    stderr: stderr.text,
    inspector: () => stderr.find(/listening on (ws:\S+)/),
  };
}

export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** The ports on which a process waits for connections. */
export function listeningPorts(pid: number): readonly number[] {
  return listeningSockets(pid).map((row) =>
    Number.parseInt((row[1] ?? '').split(':')[1] ?? '', 16),
  );
}

/** Their rows in /proc. */
function listeningSockets(pid: number): readonly (readonly string[])[] {
  const folder = `/proc/${pid}/fd`;
  const own = readdirSync(folder).map((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`);
    } catch {
      return '';
    }
  });
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'latin1')
      .split('\n')
      .map((row) => row.trim().split(/\s+/)),
  );
  return rows.filter((row) => row[3] === '0A' && own.includes(`socket:[${row[9]}]`));
}

/** The addresses on which a process waits for connections, as in /proc: 0100007F is 127.0.0.1. */
export function listeningAddresses(pid: number): readonly string[] {
  return listeningSockets(pid).map((row) => (row[1] ?? '').split(':')[0] ?? '');
}

function collect(stream: NodeJS.ReadableStream | null) {
  let text = '';
  const watchers = new Set<() => void>();
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const watcher of watchers) watcher();
  });
  return {
    text: () => text,
    /** The first group of a match, once there is one. */
    find: (pattern: RegExp) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const found = pattern.exec(text)?.[1];
          if (found === undefined) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
      }),
  };
}
