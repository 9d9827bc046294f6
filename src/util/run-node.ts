import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { ShowBackrefError } from '../errors.js';

export interface NodeRun {
  /** Arguments of Node.js, the script and its own. */
  readonly argv: readonly string[];
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Receives the script's own output. */
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Ends the script. */
  readonly signal: AbortSignal;
}

/**
 * Checks that a script exists. @throws ShowBackrefError SOURCE_NOT_FOUND if there is no such
 * script.
 */
export async function checkScript(file: string): Promise<void> {
  const stats = await stat(file).catch((cause) => {
    throw new ShowBackrefError('SOURCE_NOT_FOUND', `there is no script "${file}": check the path`, {
      cause,
    });
  });
  if (!stats.isDirectory()) return;
  throw new ShowBackrefError('SOURCE_NOT_FOUND', `"${file}" is a folder; name a script in it`);
}

/** Runs a script to its end. @returns a description of how it ended; null if it ended normally. */
export async function runNode(run: NodeRun): Promise<string | null> {
  const { argv, env, signal } = run;
  const child = spawn(process.execPath, argv, {
    env: { ...process.env, ...env },
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  const stop = () => child.kill('SIGTERM');
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  // should we crash, the script must not keep running
  process.once('exit', kill);
  child.stdout.pipe(run.stdout, { end: false });
  child.stderr.pipe(run.stderr, { end: false });
  const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null];
  process.off('exit', kill);
  signal.removeEventListener('abort', stop);
  if (killedBy !== null) return `was ended by ${killedBy}`;
  return code === 0 ? null : `ended with code ${code}`;
}
