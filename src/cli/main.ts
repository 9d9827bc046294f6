import { readFileSync } from 'node:fs';
import { PLAIN_WORK, type Threads } from '../answer/work.js';
import { exitCodeOf, ShowBackrefError } from '../errors.js';
import { decorOf, NO_DECOR } from '../report/terminal/terminal-decor.js';
import { StageTimes } from '../util/stage-times.js';
import type { Asked, RunCommand, Session } from './cli-command.js';
import { describeUse, readConfig } from './config-file.js';
import { checkCommand } from './did-you-mean.js';
import { findHelp, mainHelp } from './help.js';
import { type Io, write } from './io.js';
import { loadCommand } from './load-command.js';
import { parseArguments } from './parse-arguments.js';
import { TerminalProgress } from './progress.js';
import { toTerminalLine } from './terminal-line.js';
import { textWidthOf } from './text-width.js';
import { noteSaid, unexpected } from './uncaught.js';
import { withTimeout } from './with-timeout.js';

export { processIo } from './io.js';

/**
 * The stack lines that are printed at most; the message of an error can have any number of lines.
 */
const MOST_STACK_LINES = 50;

/**
 * Runs the command line. Never throws and never exits: it reports a failure by one sentence on
 * standard error and by the exit code.
 *
 * @param argv arguments without `node` and the script.
 * @param threads started for this command line before it was parsed.
 */
export async function run(
  argv: readonly string[],
  io: Io,
  threads: Threads = PLAIN_WORK.threads,
): Promise<number> {
  const isDebug = argv.includes('--debug');
  try {
    if (argv.length === 0) {
      // the help is the error message
      await write(io.stderr, `${mainHelp()}\n`);
      return 2;
    }
    const help = findHelp(argv, readVersion);
    if (help !== null) {
      await write(io.stdout, `${help}\n`);
      return 0;
    }
    const config = readConfig(io.cwd);
    const asked = await parseArguments(argv, config?.given);
    const used = config === null ? null : describeUse(config, asked);
    if (used !== null) await write(io.stderr, `${toTerminalLine(used)}\n`);
    if (asked.command === 'backrefs') checkCommand(asked.sources, io.cwd);
    const runCommand = await loadCommand(asked.command);
    return await withTimeout(asked, io, (timed) => runSession(runCommand, asked, [timed, threads]));
  } catch (error) {
    return await report(error, io, { isDebug });
  }
}

async function runSession(
  runCommand: RunCommand,
  asked: Asked,
  [io, threads]: readonly [Io, Threads],
): Promise<number> {
  const { quiet, debug, maxMemory } = asked.options;
  const { signal } = io;
  const progress = new TerminalProgress(io.stderr, {
    quiet,
    times: debug ? new StageTimes() : null,
  });
  const session: Session = {
    io,
    progress,
    work: { signal, progress, limits: { memory: maxMemory }, threads },
    place: {
      signal,
      stdout: {
        // creating a stream takes a while, so only the used ones are created
        get isTerminal() {
          return io.stdout.isTTY === true;
        },
        write: (content) => write(io.stdout, content),
      },
      widthOf: textWidthOf(asked.options, io),
      decorOf: ({ file }) => (file === null ? decorOf(io.stdout, io.env ?? {}) : NO_DECOR),
      onWriting: () => progress.clear(),
    },
  };
  try {
    return await runCommand(asked, session);
  } finally {
    progress.clear();
  }
}

function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** The amount of detail about an error. */
interface Reporting {
  readonly isDebug: boolean;
}

async function report(error: unknown, io: Io, { isDebug }: Reporting): Promise<number> {
  const known = io.signal.aborted ? whyStopped(io.signal, error) : asKnown(error);
  const lines = known.inWords('flags').map(toTerminalLine);
  noteSaid(known);
  await write(io.stderr, `showbackref: ${lines.join('\n')}\n`);
  if (isDebug) await write(io.stderr, `${stackOf(known)}\n`);
  return exitCodeOf(known.code);
}

function asKnown(error: unknown): ShowBackrefError {
  return error instanceof ShowBackrefError ? error : unexpected(error);
}

/** Finds out whether the user or an uncaught error stopped the work. */
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
