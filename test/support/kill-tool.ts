import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { relaysOf } from './relays.js';
import { endProgram, listeningPorts, programFile } from './running-program.js';

const BIN = fileURLToPath(new URL('../../bin/showbackref.js', import.meta.url));
const PRELOAD = pathToFileURL(programFile('killed-after-signal.mjs')).href;
const PORT_POLL_MS = 2;

/** The moment when the tool is killed: this many milliseconds after an event. */
export interface KillMoment {
  readonly after: 'its start' | 'the signal' | 'the port is open';
  readonly ms: number;
}

/** The program that is looked at. */
export interface KillTarget {
  readonly pid: number;
  /** Its name for the tool. */
  readonly source: string;
  /** The port on which its inspector opens. */
  readonly port: number;
  /** Further arguments of the tool. */
  readonly argv?: readonly string[];
}

/** Runs the tool and kills it; resolves when it has gone. @param withRelay also kills its relay. */
export async function killTool(
  { pid, source, port, argv: more = [] }: KillTarget,
  { after, ms }: KillMoment,
  { withRelay = false } = {},
): Promise<void> {
  const isItself = after === 'the signal';
  const argv = [...(isItself ? ['--import', PRELOAD] : []), BIN, 'types', source, ...more];
  const tool = spawn(process.execPath, argv, {
    stdio: 'ignore',
    env: { ...process.env, KILLED_AFTER_MS: String(ms) },
  });
  const exited = once(tool, 'exit');
  if (after === 'the port is open') await untilOpen(tool, { pid, port });
  if (!isItself) {
    await Promise.race([wait(ms), exited]);
    await endProgram(tool);
  }
  if (withRelay) for (const relay of relaysOf(source)) endNow(relay);
  await exited;
}

async function untilOpen(tool: ChildProcess, { pid, port }: { pid: number; port: number }) {
  while (tool.exitCode === null && !listeningPorts(pid).includes(port)) await wait(PORT_POLL_MS);
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has already ended
  }
}
