import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve as toAbsolute } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { entryFile } from '../../util/entry-file.js';
import { noteRemnant } from '../../util/left-behind.js';
import { settlesWithin } from '../inspector/settles-within.js';
import { BannerFilter } from './banner-filter.js';

const HAS_GROUPS = process.platform !== 'win32';

/**
 * How long the pipes may stay open after the script ended: a process that it started may hold them.
 */
const DRAIN_MS = 500;

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

/** Exactly one is set, except if Node.js could not be started: then both are null. */
export interface ScriptEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A script's process that waits before the first line of the script. */
export interface HeldProgram {
  /** The URL of its inspector: `ws://127.0.0.1:…`. */
  readonly url: string;
  /** The version of its Node.js, such as `v20.20.2`. */
  readonly version: string;
}

export interface RunningScript {
  readonly pid: number | null;
  /** Rejects if the process ends, or cannot be started, before it is held. */
  readonly held: Promise<HeldProgram>;
  /** Resolves when the process is gone and its output has been passed on; never rejects. */
  readonly ended: Promise<ScriptEnd>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts Node.js on a script that is held before its first line, with an inspector on a free port
 * of 127.0.0.1. The output streams are written to, and left open.
 */
export function spawnScript(options: SpawnOptions): RunningScript {
  const { execPath, nodeArgs, file, scriptArgs, stdin, stdout, stderr } = options;
  const child = spawn(execPath, [...nodeArgs, toAbsolute(file), ...scriptArgs], {
    env: withHoldProgram(options.env),
    stdio: [stdin, 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // in a separate process group: Ctrl-C is for us, and we then look at the program
    detached: HAS_GROUPS,
  });
  // should we crash, the script must not keep running
  const killWithUs = () => killGroup(child, 'SIGKILL');
  process.once('exit', killWithUs);
  const isGone =
    child.pid === undefined
      ? () => undefined
      : noteRemnant({ kind: 'process', pid: child.pid, isGroup: HAS_GROUPS });
  child.once('exit', () => {
    process.off('exit', killWithUs);
    isGone();
  });
  const held = awaitHeld(child);
  // a caller that stops waiting for it, because of Ctrl-C, must not get its rejection
  held.catch(() => undefined);
  return {
    pid: child.pid ?? null,
    held,
    ended: awaitEnd(child, passOutput(child, stdout, stderr)),
    kill: (signal) => killGroup(child, signal),
  };
}

/**
 * Adds the module through NODE_OPTIONS, because processes that the script forks would inherit an
 * argument. First, so that it is loaded before everything else; an inspector requested there is
 * left out.
 */
function withHoldProgram(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS } = env;
  // the other flag keeps the inspector's address out of the script's standard error
  const own = `${JSON.stringify(`--require=${entryFile('#hold-program')}`)} --inspect-publish-uid=http`;
  if (NODE_OPTIONS === undefined) return { ...env, NODE_OPTIONS: own };
  return {
    ...env,
    NODE_OPTIONS: `${own} ${NODE_OPTIONS.replace(/(?<!\S)--inspect\S*/g, '')}`,
    SHOWBACKREF_NODE_OPTIONS: NODE_OPTIONS,
  };
}

/** Signals the script and the processes it has started, as Ctrl-C in a terminal would. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(HAS_GROUPS ? -child.pid : child.pid, signal);
  } catch {
    // it has already ended
    child.kill(signal);
  }
}

async function awaitHeld(child: ChildProcess): Promise<HeldProgram> {
  // rejects if Node.js cannot be started
  const exited = once(child, 'exit').then(() => '');
  const report = await Promise.race([text(child.stdio[3] as Readable), exited]);
  if (report !== '') return JSON.parse(report) as HeldProgram;
  await exited;
  throw new Error('it ended before its inspector was ready');
}

/** Resolves when both output streams have ended and been passed on. */
async function passOutput(child: ChildProcess, stdout: Writable, stderr: Writable): Promise<void> {
  const filter = new BannerFilter();
  child.stderr?.pipe(filter).pipe(stderr, { end: false });
  child.stdout?.pipe(stdout, { end: false });
  await Promise.all([once(filter, 'end'), once(child, 'close')]);
}

async function awaitEnd(child: ChildProcess, drained: Promise<void>): Promise<ScriptEnd> {
  const end = await new Promise<ScriptEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // also emitted if a signal could not be sent: only without a pid is there no process
    child.on('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
  await settlesWithin(drained, DRAIN_MS);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return end;
}
