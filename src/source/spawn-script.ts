import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve as toAbsolute } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { BannerFilter } from './banner-filter.js';
import { settlesWithin } from './settles-within.js';

/** How long the pipes may stay open after the script ended: a process it started may hold them. */
const DRAIN_MS = 500;

type ScriptProcess = ChildProcessByStdio<null, Readable, Readable>;

export interface SpawnOptions {
  readonly file: string;
  readonly scriptArgs: readonly string[];
  readonly nodeArgs: readonly string[];
  readonly execPath: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: 'inherit' | 'ignore';
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Exactly one is set, except when Node.js could not be started: then both are null. */
export interface ScriptEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningScript {
  readonly pid: number | null;
  /** Rejects when the process ends, or cannot be started, before its inspector listens. */
  readonly inspectorUrl: Promise<string>;
  /** Resolves when the process is gone and its output has been passed on; never rejects. */
  readonly ended: Promise<ScriptEnd>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts Node.js on a script that waits for a debugger before its first line, with an inspector on a
 * free port of 127.0.0.1. The output streams are written to, and left open.
 *
 * The flag goes through NODE_OPTIONS and not through the arguments, from where processes that the
 * script forks would inherit it and wait for ever; `restoreNodeOptions` hides it from the script.
 */
export function spawnScript(options: SpawnOptions): RunningScript {
  const { execPath, nodeArgs, file, scriptArgs, stdin } = options;
  const child = spawn(execPath, [...nodeArgs, toAbsolute(file), ...scriptArgs], {
    env: { ...options.env, NODE_OPTIONS: withInspector(options.env.NODE_OPTIONS) },
    stdio: [stdin, 'pipe', 'pipe'],
    windowsHide: true,
  });
  const output = passOutput(child, options);
  return {
    pid: child.pid ?? null,
    inspectorUrl: output.inspectorUrl,
    ended: awaitEnd(child, output.drained),
    kill: (signal) => void child.kill(signal),
  };
}

/** JavaScript that gives the script's process the NODE_OPTIONS it would have had without us. */
export function restoreNodeOptions(env: NodeJS.ProcessEnv): string {
  const { NODE_OPTIONS } = env;
  if (NODE_OPTIONS === undefined) return 'delete process.env.NODE_OPTIONS';
  return `process.env.NODE_OPTIONS = ${JSON.stringify(NODE_OPTIONS)}`;
}

function withInspector(nodeOptions: string | undefined): string {
  return `${nodeOptions ?? ''} --inspect-wait=127.0.0.1:0`.trimStart();
}

interface PassedOutput {
  readonly inspectorUrl: Promise<string>;
  /** Resolves when both output streams have ended and been passed on. */
  readonly drained: Promise<unknown>;
}

function passOutput(child: ScriptProcess, { stdout, stderr }: SpawnOptions): PassedOutput {
  const filter = new BannerFilter();
  const inspectorUrl = new Promise<string>((resolve, reject) => {
    filter.once('listening', resolve);
    child.on('error', reject);
    child.once('exit', () => reject(new Error('it ended before its inspector was ready')));
  });
  // Whoever stops waiting for the address, because of Ctrl-C, shall not be hit by its rejection.
  inspectorUrl.catch(() => undefined);
  child.stderr.pipe(filter).pipe(stderr, { end: false });
  child.stdout.pipe(stdout, { end: false });
  const drained = Promise.all([once(filter, 'end'), once(child, 'close')]);
  drained.catch(() => undefined);
  return { inspectorUrl, drained };
}

async function awaitEnd(child: ScriptProcess, drained: Promise<unknown>): Promise<ScriptEnd> {
  const end = await new Promise<ScriptEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // Also emitted when a signal could not be sent: only without a pid is there no process.
    child.on('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
  await settlesWithin(drained, DRAIN_MS);
  child.stdout.destroy();
  child.stderr.destroy();
  return end;
}
