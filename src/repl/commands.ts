import type { REPLServer } from 'node:repl';
import { ShowBackrefError } from '../errors.js';
import { escapeTerminal } from '../report/escape-terminal.js';

type ReplCommand = (server: REPLServer, text: string, signal: AbortSignal) => Promise<void>;

const HELP = `.backrefs EXPR [FILE]                draw who holds an object, up to the GC roots
.lprun -f FUNC [-z] STATEMENT         hits and time of each line of FUNC while STATEMENT runs;
                                      more: -f FUNC2, -m MODULE, -T FILE, -u UNIT
.mprun -f FUNC [--live] STATEMENT     memory each line takes; --live: what stays alive of it
%lprun, %backrefs …                   the same, as in IPython
`;

const COMMANDS: Readonly<Record<string, ReplCommand>> = {
  backrefs: async (server, text) =>
    (await import('./backrefs-command.js')).runBackrefs(server, text),
  lprun: async (...given) => (await import('./profile-command.js')).runLprun(...given),
  mprun: async (...given) => (await import('./profile-command.js')).runMprun(...given),
  showbackref: async ({ output }) => void output.write(HELP),
  load_ext: async () => undefined,
};

/** Runs a command; what is wrong with it is said in one sentence, errors of the user's code pass through. */
export async function runReplCommand(
  server: REPLServer,
  name: string,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await COMMANDS[name]?.(server, text, signal);
  } catch (error) {
    if (error instanceof ShowBackrefError) {
      const lines = [error.message, ...error.details].map(escapeTerminal);
      server.output.write(`showbackref: ${lines.join('\n')}\n`);
    } else server.output.write(`Uncaught ${server.writer(error)}\n`);
  }
}
