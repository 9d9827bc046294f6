import { readFileSync } from 'node:fs';
import { exitCodeOf, ShowBackrefError } from '../errors.js';
import { buildYargs, type Invocation, joinDashValues } from './build-yargs.js';
import { type Io, write } from './io.js';
import { toTerminalLine } from './terminal-line.js';
import { noteSaid, unexpected } from './uncaught.js';
import { withTimeout } from './with-timeout.js';

export { processIo } from './io.js';

/** A message of an error can have any number of lines. */
const MOST_STACK_LINES = 50;

/**
 * Runs the command line. Never throws and never exits: what went wrong is one sentence on standard
 * error and the exit code.
 *
 * @param argv arguments without `node` and the script.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const isDebug = argv.includes('--debug');
  try {
    const { invocation, help } = await parse(argv.length === 0 ? ['--help'] : argv);
    if (invocation === null) {
      // with no arguments at all, the help is the error message
      await write(argv.length === 0 ? io.stderr : io.stdout, `${help}\n`);
      return argv.length === 0 ? 2 : 0;
    }
    const runCommand = await invocation.command.load();
    const { raw } = invocation;
    return await withTimeout(raw.timeout, io, (timed) => runCommand(raw, timed));
  } catch (error) {
    return await report(error, io, isDebug);
  }
}

/** `help` is what `--help` or `--version` asked to be shown, in which case nothing else is to be done. */
async function parse(
  argv: readonly string[],
): Promise<{ invocation: Invocation | null; help: string }> {
  let help = '';
  let invocation: Invocation | null = null;
  await buildYargs(argv, readVersion(), (found) => {
    invocation = found;
  })
    .fail((message: string, error: Error) => {
      if (error instanceof ShowBackrefError) throw error;
      throw new ShowBackrefError('USAGE', `${message}; see --help`, { cause: error });
    })
    .parse([...joinDashValues(argv)], {}, (_error: unknown, _raw: unknown, output: string) => {
      help = output;
    });
  return { invocation, help };
}

function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function report(error: unknown, io: Io, isDebug: boolean): Promise<number> {
  const known = io.signal.aborted ? whyStopped(io.signal, error) : asKnown(error);
  const lines = [known.message, ...known.details].map(toTerminalLine);
  noteSaid(known);
  await write(io.stderr, `showbackref: ${lines.join('\n')}\n`);
  if (isDebug) await write(io.stderr, `${stackOf(known)}\n`);
  return exitCodeOf(known.code);
}

function asKnown(error: unknown): ShowBackrefError {
  return error instanceof ShowBackrefError ? error : unexpected(error);
}

/** By the user, or by an error that nobody has caught. */
function whyStopped({ reason }: AbortSignal, cause: unknown): ShowBackrefError {
  if (reason instanceof ShowBackrefError) return reason;
  return new ShowBackrefError('INTERRUPTED', 'interrupted', { cause });
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return toTerminalLine(String(error));
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  const lines = `${error.stack ?? error.message}`.split('\n').slice(0, MOST_STACK_LINES);
  return `${lines.map(toTerminalLine).join('\n')}${cause}`;
}
