import { basename, resolve } from 'node:path';
import type { Tap } from '../answer/load-heap.js';
import { keepHeap } from '../answer/maps/save-maps.js';
import { ShowBackrefError, usage } from '../errors.js';
import { PLANNED_COMMANDS } from '../question/commands.js';
import type { OptionName } from '../question/options.js';
import { passesFilter, type TextFilter } from '../question/text-match.js';
import { findNewestSnapshot } from '../source/file/newest-snapshot.js';
import { parseInspectorAddress } from '../source/inspector/inspector-address.js';
import type { Choice } from '../source/inspector/live-choice.js';
import type { SourceRequest } from '../source/open-source.js';
import { option, say } from '../util/sentence.js';
import type { Asked, Session } from './cli-command.js';
import { checkFileName } from './did-you-mean.js';
import type { Io } from './io.js';
import type { TerminalProgress } from './progress.js';

const SCRIPT = /\.[cm]?[jt]s$/i;
/** Where Node.js and Deno open their inspector by default. */
const DEFAULT_INSPECTOR = '127.0.0.1:9229';
const DEFAULT_ANSWER_MS = 2000;

/**
 * The only source of a command; null if it names none. @throws ShowBackrefError USAGE for several.
 */
export function onlySource({ sources: [source, second] }: Asked): string | null {
  if (source !== undefined && PLANNED_COMMANDS.has(source)) {
    throw usage(`the command "${source}" is not in this version; see --help for those that are`);
  }
  if (second !== undefined) {
    throw usage(
      `more than one source: "${source}" and "${second}"; arguments of a script go after --`,
    );
  }
  return source ?? null;
}

/** The only script of a command that runs one. @throws ShowBackrefError USAGE. */
export function onlyScript(
  { sources: [script, second] }: Pick<Asked, 'sources'>,
  example: string,
): string {
  if (script === undefined) throw usage(`no script given; name one, for example ${example}`);
  if (second === undefined) return script;
  throw usage(
    `more than one script: "${script}" and "${second}"; arguments of a script go after --`,
  );
}

/** The tap that saves the heap while it is read, if wanted. */
export function tapOf({ options: { keep } }: Asked, { cwd, signal }: Io): Tap | undefined {
  if (keep === null) return undefined;
  const place = { shown: keep, option: 'keep', signal };
  return (source) => keepHeap(source, resolve(cwd, keep), place);
}

/**
 * Reads a source from the command line; without one, takes the newest snapshot of the folder, or
 * else the inspector at its default address.
 *
 * @param typed null if none was typed.
 * @throws ShowBackrefError SOURCE_NOT_FOUND when there is neither, USAGE for an address or an
 *   option that makes no sense.
 */
export async function sourceRequest(
  typed: string | null,
  { options, scriptArgs }: Asked,
  { io, progress }: Session,
): Promise<SourceRequest> {
  const source = typed ?? (await defaultSource(io, progress));
  const live = await liveRequest(source, options, progress);
  if (live !== null) return live;
  if (source === '-') return { kind: 'stdin', stream: io.stdin };
  const path = resolve(io.cwd, source);
  checkFileName(source, path);
  if (!SCRIPT.test(source)) return { kind: 'file', path: shownPath(source, path) };
  const look = io.armLook();
  return {
    kind: 'script',
    lookNow: look.signal,
    onPaused: () => look.disarm(),
    file: shownPath(source, path),
    scriptArgs: scriptArgs ?? [],
    nodeArgs: options.nodeArg,
    when: options.when ?? { kind: 'debugger' },
    // standard output carries only the answer, so the script's output goes to standard error
    stdout: io.stderr,
    stderr: io.stderr,
    onEnd: (words) => progress.say(`${source} ${words}`),
  };
}

/** The request for a program that is already running; null for another source. */
async function liveRequest(
  source: string,
  given: Pick<Asked['options'], 'page' | 'worker'>,
  progress: TerminalProgress,
): Promise<SourceRequest | null> {
  const worker = choiceOf(given.worker);
  const page = choiceOf(given.page);
  if (source.startsWith('pid:')) {
    refuse('page', page, source);
    const onNote = (sentence: string) => progress.say(sentence);
    return { kind: 'pid', pid: await findProcess(source, onNote), worker, onNote };
  }
  const address = parseInspectorAddress(source);
  if (address !== null) return { kind: 'inspector', address, name: source, page, worker };
  if (/^(wss?|https?):/i.test(source)) {
    throw usage(
      `the source "${source}" is not the address of an inspector; use ws://…, http://HOST:PORT or HOST:PORT`,
    );
  }
  refuse('page', page, source);
  refuse('worker', worker, source);
  return null;
}

/** The process that a number or the name of a script stands for. */
async function findProcess(source: string, onNote: (sentence: string) => void): Promise<number> {
  const text = source.slice('pid:'.length);
  const isNumber = /^\d+$/.test(text);
  const number = isNumber ? Number(text) : 0;
  const isName = /[^\d\s]/.test(text);
  if (isName ? process.platform !== 'linux' : !(number > 0 && Number.isSafeInteger(number))) {
    throw usage(`"${source}" is not a process id; give a number, such as pid:4711`);
  }
  if (process.platform !== 'linux') return number;
  const { findNamedProcess, findProgram } = await import('../source/process/find-program.js');
  const { pid, note } = isName ? await findNamedProcess(text) : await findProgram(number);
  if (note !== null) onNote(note);
  return pid;
}

function choiceOf(filter: TextFilter | null): Choice | null {
  if (filter === null) return null;
  return { text: filter.text, matches: (candidate) => passesFilter(filter, candidate) };
}

function refuse(name: OptionName, choice: Choice | null, source: string): void {
  if (choice === null) return;
  const whose = name === 'page' ? "a browser's inspector" : 'a program that is already running';
  throw usage(
    say`${option(name)} "${choice.text}" is for ${whose}, which "${source}" is not; leave it out`,
  );
}

/** The path as it was typed if it is valid, so that messages repeat what the user wrote. */
function shownPath(typed: string, resolved: string): string {
  return resolve(typed) === resolved ? typed : resolved;
}

async function defaultSource(io: Io, progress: TerminalProgress): Promise<string> {
  const newest = await findNewestSnapshot(io.cwd);
  if (newest !== null) {
    progress.say(`Looking at ${basename(newest)}`);
    return newest;
  }
  const browser = await findInspector();
  if (browser === null) {
    throw new ShowBackrefError(
      'SOURCE_NOT_FOUND',
      `no source given, no heap snapshot in this folder and no inspector on ${DEFAULT_INSPECTOR}; name a .heapsnapshot file, - for standard input, a script such as app.js, pid:N, or an address such as HOST:PORT`,
    );
  }
  progress.say(`Looking at the inspector on ${DEFAULT_INSPECTOR} (${browser})`);
  return DEFAULT_INSPECTOR;
}

/** The inspector at the default address; null when there is none. */
async function findInspector(): Promise<string | null> {
  const address = parseInspectorAddress(DEFAULT_INSPECTOR);
  if (address === null) return null;
  const { readBrowserName } = await import('../source/inspector/inspector-endpoint.js');
  return readBrowserName(address, { ms: DEFAULT_ANSWER_MS }).catch(() => null);
}
