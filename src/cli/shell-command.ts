import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ShowBackrefError } from '../errors.js';
import { noteRemnant } from '../util/left-behind.js';
import { option, say } from '../util/sentence.js';
import type { Io } from './io.js';

const HAS_GROUPS = process.platform !== 'win32';
/** What a shell answers for a command that it cannot find or start. */
const NOT_FOUND = [126, 127];

/**
 * Runs a command of the user's shell to its end, its output on standard error: standard output carries the
 * answer only. What it has started is ended with it when it is stopped.
 *
 * @returns a sentence on its failure; null for none.
 * @throws ShowBackrefError NOTHING_SELECTED for a command that cannot be started.
 */
export async function runShellCommand(
  command: string,
  { cwd, stderr, signal }: Pick<Io, 'cwd' | 'stderr' | 'signal'>,
): Promise<string | null> {
  const child = spawn(command, {
    ...{ shell: true, cwd, stdio: ['ignore', 'pipe', 'pipe'] },
    // in a process group of its own: Ctrl-C is for us
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
    // it has ended in the meantime
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
  return `The command ${quoted} ended ${how}: it may not have done what it was to do.`;
}
