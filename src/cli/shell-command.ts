import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ShowBackrefError } from '../errors.js';
import { noteRemnant } from '../util/left-behind.js';
import { option, say } from '../util/sentence.js';
import type { Io } from './io.js';

const HAS_GROUPS = process.platform !== 'win32';
/** The exit codes of a shell for a command that it cannot find or start. */
const NOT_FOUND = [126, 127];

/**
 * Runs a shell command of the user to its end, with its output on standard error: standard output
 * carries only the answer. Stopping it also ends the processes that it started.
 *
 * @returns a sentence if it failed, else null.
 * @throws ShowBackrefError NOTHING_SELECTED for a command that cannot be started.
 */
export async function runShellCommand(
  command: string,
  { cwd, stderr, signal }: Pick<Io, 'cwd' | 'stderr' | 'signal'>,
): Promise<string | null> {
  const child = spawn(command, {
    ...{ shell: true, cwd, stdio: ['ignore', 'pipe', 'pipe'] },
    // in a separate process group: Ctrl-C is for us
    detached: HAS_GROUPS,
  });
  for (const output of [child.stdout, child.stderr]) output?.pipe(stderr, { end: false });
  const { pid } = child;
  const isGone =
    pid === undefined
      ? () => undefined
      : noteRemnant({ kind: 'process', pid, isGroup: HAS_GROUPS });
  const stop = () => {
    if (pid !== undefined) endGroup(pid);
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    const [code, killedBy] = await once(child, 'close');
    return describeFailure(command, code, killedBy);
  } finally {
    signal.removeEventListener('abort', stop);
    isGone();
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(HAS_GROUPS ? -pid : pid, 'SIGTERM');
  } catch {
    // it has already ended
  }
}

function describeFailure(
  command: string,
  code: number | null,
  signal: string | null,
): string | null {
  const quoted = JSON.stringify(command);
  if (code === 0) return null;
  if (code !== null && NOT_FOUND.includes(code)) {
    throw new ShowBackrefError(
      'NOTHING_SELECTED',
      say`${option('between', quoted)} cannot be run (exit code ${code}); see the message of the shell above`,
    );
  }
  const how = signal === null ? `with exit code ${code}` : `by signal ${signal}`;
  return `The command ${quoted} ended ${how}: its work may be incomplete.`;
}
