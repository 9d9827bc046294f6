import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ShowBackrefError, usage } from '../../errors.js';
import { entryFile, entryUrl } from '../../util/entry-file.js';
import type { RunCommand } from '../cli-command.js';
import type { Io } from '../io.js';
import { onlyScript } from '../source-request.js';

/** Also used by script-prompt.ts. */
const SCRIPT_VARIABLE = 'SHOWBACKREF_REPL';

/** The command `repl`: a prompt of Node.js with our commands, after a script if one is named. */
export const runRepl: RunCommand = async (asked, { io }) => {
  const nodeArgs = asked.options.nodeArg;
  const scriptArgs = asked.scriptArgs ?? [];
  if (asked.sources.length === 0) {
    if (scriptArgs.length > 0) throw usage('arguments after -- are for a script; name one');
    return runNode([...nodeArgs, '--require', entryFile('#prompt'), '--interactive'], {}, io);
  }
  const script = onlyScript(asked, 'repl app.js');
  const file = resolve(io.cwd, script);
  await checkScript(script, file);
  const argv = [...nodeArgs, `--import=${entryUrl('#script-prompt')}`, file, ...scriptArgs];
  return runNode(argv, { [SCRIPT_VARIABLE]: await realpath(file) }, io);
};

async function checkScript(script: string, file: string): Promise<void> {
  const stats = await stat(file).catch((cause) => {
    throw new ShowBackrefError(
      'SOURCE_NOT_FOUND',
      `there is no script "${script}": check the path; repl takes a script or nothing`,
      { cause },
    );
  });
  if (stats.isFile()) return;
  throw new ShowBackrefError('SOURCE_NOT_FOUND', `"${script}" is not a file; name a script`);
}

async function runNode(
  argv: readonly string[],
  variables: NodeJS.ProcessEnv,
  io: Io,
): Promise<number> {
  const child = spawn(process.execPath, argv, {
    cwd: io.cwd,
    env: { ...process.env, ...variables },
    stdio: 'inherit',
  });
  const kill = () => child.kill('SIGKILL');
  // Ctrl-C belongs to the session: at its prompt it clears a line
  const stay = () => undefined;
  const stop = () => child.kill('SIGTERM');
  process.on('SIGINT', stay).once('SIGTERM', stop).once('SIGHUP', stop).once('exit', kill);
  try {
    const [code, killedBy] = (await once(child, 'exit')) as [number | null, string | null];
    return answerOf(code, killedBy);
  } finally {
    process.off('SIGINT', stay).off('SIGTERM', stop).off('SIGHUP', stop).off('exit', kill);
  }
}

function answerOf(code: number | null, killedBy: string | null): number {
  if (code === 0) return 0;
  if (killedBy === 'SIGINT') throw new ShowBackrefError('INTERRUPTED', 'interrupted');
  const how = killedBy === null ? `exit code ${code}` : `signal ${killedBy}`;
  throw new ShowBackrefError('SOURCE_UNREACHABLE', `the session ended with ${how}`);
}
