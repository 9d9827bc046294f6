import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import { ShowBackrefError } from '../../errors.js';
import { streamHeap } from '../inspector/heap-stream.js';
import { connectInspector, type InspectorSession } from '../inspector/inspector-session.js';
import { readPausedProgram } from '../inspector/paused-program.js';
import { settlesWithin } from '../inspector/settles-within.js';
import {
  removeExitStop,
  runOn,
  runToStop,
  type ScriptMoment,
  type Stop,
  type StopReason,
} from '../inspector/stop-program.js';
import { readSuspendedFunctions } from '../inspector/suspended-functions.js';
import { warnOfMemoryNeed } from '../inspector/warn-of-memory.js';
import { loadWebSocket } from '../inspector/web-socket.js';
import type { LiveFacts, Moment, OpenedSource, SuspendedFunction } from '../opened-source.js';
import {
  inspectorFlagGiven,
  interrupted,
  type ScriptPhase,
  scriptEnded,
  scriptIsFolder,
  scriptNeverRan,
  scriptNotFound,
  scriptUnreachable,
} from './script-errors.js';
import { type RunningScript, type ScriptEnd, spawnScript } from './spawn-script.js';

/** How long a script may run on after `close` was called, unless the caller says otherwise. */
const LINGER_MS = 2000;
/** How long a script may take to end itself after SIGTERM. */
const TERMINATION_MS = 500;
/** How long to wait for the cause of a lost connection, which is the end of the process. */
const LAST_WORDS_MS = 1000;

export interface ScriptOptions {
  readonly file: string;
  readonly scriptArgs?: readonly string[] | undefined;
  /** Arguments of Node.js itself, such as `--import=tsx`. */
  readonly nodeArgs?: readonly string[] | undefined;
  /** EvaluatedTargets where the program is paused; the results are `live.evaluated`. */
  readonly expressions?: readonly string[] | undefined;
  /** Default: at its first `debugger;`. */
  readonly when?: ScriptMoment | undefined;
  /** Aborted by who wants to look at once; without effect after that. */
  readonly lookNow?: AbortSignal | undefined;
  /** The Node.js to run the script with; default: the one that runs this. */
  readonly execPath?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Default: `inherit`, so that a script may read what is typed or piped in. */
  readonly stdin?: 'inherit' | 'ignore' | undefined;
  /** For the script's standard output: a command line gives its own standard error here. */
  readonly stdout: Writable;
  /** For the script's standard error, less what Node.js says about the inspector. */
  readonly stderr: Writable;
  /** Ends the script at once; what is under way then fails with INTERRUPTED. */
  readonly signal?: AbortSignal | undefined;
  /** How long the script may run on after `close` was called; default: 2000 ms. */
  readonly lingerMs?: number | undefined;
  /** Told beforehand, in one sentence, when taking the heap may need much memory. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  readonly onStage?: ((stage: ScriptStage) => void) | undefined;
}

/** In this order; `ended` may follow any other. */
export type ScriptStage =
  | { readonly name: 'starting'; readonly pid: number | null }
  | { readonly name: 'running' }
  | { readonly name: 'paused'; readonly at: StopReason }
  | { readonly name: 'capturing' }
  | { readonly name: 'captured' }
  /** `byUs`: it did not end by itself but was still running when it was no longer needed. */
  | ({ readonly name: 'ended'; readonly byUs: boolean } & ScriptEnd);

/**
 * Runs a script under the inspector, pauses it at `when` and looks: resolves when all of `live` is
 * known; the heap is taken when `bytes` is asked for. No object id and no listener of ours is in it.
 *
 * It stays paused until `close`, which lets it run on, no longer stopping at any `debugger;`, waits for
 * its end for `lingerMs`, then ends it with SIGTERM and, if need be, SIGKILL. A program whose heap was not taken is ended at once, as it is on every error.
 *
 * @throws ShowBackrefError USAGE for an inspector flag in `nodeArgs`, SOURCE_NOT_FOUND when there is
 *   no such script, SOURCE_UNREACHABLE when it cannot be run or is over before it could be looked at,
 *   INTERRUPTED; `bytes` throws the latter two.
 */
export async function openScript(options: ScriptOptions): Promise<OpenedSource> {
  if (options.signal?.aborted) throw interrupted(options.file);
  checkNodeArgs(options.nodeArgs ?? []);
  await checkScript(options.file);
  const run = new ScriptRun(options);
  return {
    kind: 'script',
    name: options.file,
    live: await run.look(),
    bytes: run.takeHeap(),
    nameSuspended: (nodeIds) => run.nameSuspended(nodeIds),
    close: () => run.close(),
  };
}

/**
 * As `openScript`, but at each of the first `most` times the script comes by a `debugger;`.
 *
 * @throws ShowBackrefError as `openScript`.
 */
export async function* openScriptMoments(
  options: ScriptOptions,
  most: number,
): AsyncGenerator<Moment> {
  if (options.signal?.aborted) throw interrupted(options.file);
  checkNodeArgs(options.nodeArgs ?? []);
  await checkScript(options.file);
  const run = new ScriptRun(options);
  try {
    yield* run.takeMoments(most);
  } finally {
    await run.close();
  }
}

/** An inspector that waits by itself would do so before ours can say where it is. */
function checkNodeArgs(nodeArgs: readonly string[]): void {
  const flag = nodeArgs.find((arg) => arg.startsWith('--inspect'));
  if (flag !== undefined) throw inspectorFlagGiven(flag);
}

async function checkScript(file: string): Promise<void> {
  const stats = await stat(file).catch((error) => {
    throw scriptNotFound(file, error);
  });
  if (stats.isDirectory()) throw scriptIsFolder(file);
}

/** One run of a script, from its start to its end. */
class ScriptRun {
  readonly #options: ScriptOptions;
  readonly #script: RunningScript;
  readonly #execPath: string;
  #phase: ScriptPhase = 'starting';
  #session: InspectorSession | null = null;
  #paused: { session: InspectorSession; stop: Stop; version: string } | null = null;
  #isHeapTaken = false;
  #isEndedByUs = false;
  #closing: Promise<void> | undefined;

  constructor(options: ScriptOptions) {
    const { scriptArgs = [], nodeArgs = [], stdin = 'inherit', env = process.env } = options;
    this.#options = options;
    this.#execPath = options.execPath ?? process.execPath;
    this.#script = spawnScript({
      ...{ ...options, scriptArgs, nodeArgs, stdin, env },
      execPath: this.#execPath,
    });
    options.signal?.addEventListener('abort', this.#kill);
    this.#tell({ name: 'starting', pid: this.#script.pid });
    void this.#script.ended.then((end) => {
      this.#tell({ name: 'ended', ...end, byUs: this.#isEndedByUs });
    });
  }

  async look(): Promise<LiveFacts> {
    try {
      return await this.#look();
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  async *takeMoments(most: number): AsyncGenerator<Moment> {
    let live: LiveFacts | null = await this.look();
    for (let count = 1; live !== null; count++) {
      const [frame] = live.frames;
      const place = frame === undefined ? '' : `${basename(frame.url)}:${frame.line}, `;
      const bytes = this.takeHeap();
      const close = async () => undefined;
      const source: OpenedSource = { kind: 'script', name: this.#options.file, live, bytes, close };
      yield { label: `${place}stop ${count}`, source };
      live = count < most ? await this.#lookOn() : null;
    }
  }

  async *takeHeap(): AsyncGenerator<Uint8Array> {
    if (this.#session === null) return;
    this.#phase = 'capturing';
    this.#tell({ name: 'capturing' });
    try {
      yield* streamHeap(this.#session);
      this.#noteCaptured();
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  /** At the next `debugger;`; null when the program ends before. */
  async #lookOn(): Promise<LiveFacts | null> {
    const { session, stop, version } = this.#paused ?? {};
    if (session === undefined || stop === undefined) return null;
    this.#phase = 'running';
    try {
      const next = await runOn(session, stop);
      if (next === null) return null;
      this.#isHeapTaken = false;
      const seen = await readPausedProgram(session, next.frames, []);
      await session.send('Runtime.discardConsoleEntries', {});
      return { producer: `Node.js ${version}`, ...seen };
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  /** It is still paused, so nothing has changed. */
  async nameSuspended(nodeIds: readonly number[]): Promise<readonly SuspendedFunction[]> {
    if (this.#session === null) return [];
    return readSuspendedFunctions(this.#session, nodeIds).catch(() => []);
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #look(): Promise<LiveFacts> {
    const { session, version } = await this.#connect();
    this.#phase = 'running';
    this.#tell({ name: 'running' });
    const stop = await runToStop(session, {
      file: this.#options.file,
      moment: this.#options.when ?? { kind: 'debugger' },
      lookNow: this.#options.lookNow,
    });
    if (typeof stop === 'string') return await this.#giveUp(stop, version);
    this.#tell({ name: 'paused', at: stop.at });
    this.#paused = { session, stop, version };
    const { file, expressions = [], onNote } = this.#options;
    if (onNote !== undefined) await warnOfMemoryNeed(session, file, onNote);
    const [seen] = await Promise.all([
      readPausedProgram(session, stop.frames, expressions),
      removeExitStop(session),
    ]);
    // whatever the program gave to console.log is held for a console that nobody will open
    await session.send('Runtime.discardConsoleEntries', {});
    return { producer: `Node.js ${version}`, ...seen };
  }

  async #connect(): Promise<{ session: InspectorSession; version: string }> {
    const [{ url, version }] = await Promise.all([this.#script.held, loadWebSocket()]);
    this.#session = await connectInspector(url);
    return { session: this.#session, version };
  }

  /** For a program that waits for us to disconnect before it goes. */
  async #giveUp(missed: 'ended' | 'never ran', version: string): Promise<never> {
    await this.#session?.close();
    if (!(await settlesWithin(this.#script.ended, LAST_WORDS_MS))) this.#kill();
    const end = await this.#script.ended;
    const { file } = this.#options;
    if (missed === 'never ran') throw scriptNeverRan(file, { end, version });
    throw scriptEnded(file, { phase: 'running', end, execPath: this.#execPath });
  }

  #noteCaptured(): void {
    this.#isHeapTaken = true;
    this.#tell({ name: 'captured' });
  }

  async #end(): Promise<void> {
    // V8 lets a paused program run on when its only debugger goes
    if (this.#isHeapTaken) await this.#session?.close();
    if (!this.#isHeapTaken) this.#kill();
    else if (!(await settlesWithin(this.#script.ended, this.#options.lingerMs ?? LINGER_MS))) {
      this.#isEndedByUs = true;
      this.#script.kill('SIGTERM');
      if (!(await settlesWithin(this.#script.ended, TERMINATION_MS))) this.#kill();
    }
    await this.#script.ended;
    await this.#session?.close();
    this.#options.signal?.removeEventListener('abort', this.#kill);
  }

  /** Ends the script if it still runs, and says in one sentence why there is no answer. */
  async #fail(error: unknown): Promise<ShowBackrefError> {
    const { file, signal } = this.#options;
    const hasEnded = await this.#endsByItself();
    await this.close();
    if (signal?.aborted) return interrupted(file);
    if (error instanceof ShowBackrefError) return error;
    if (!hasEnded) return scriptUnreachable(file, error);
    const end = await this.#script.ended;
    return scriptEnded(file, { phase: this.#phase, end, execPath: this.#execPath, cause: error });
  }

  async #endsByItself(): Promise<boolean> {
    const lost = this.#session === null || (await settlesWithin(this.#session.disconnected, 0));
    return lost && (await settlesWithin(this.#script.ended, LAST_WORDS_MS));
  }

  readonly #kill = () => {
    this.#isEndedByUs = true;
    this.#script.kill('SIGKILL');
  };

  #tell(stage: ScriptStage): void {
    this.#options.onStage?.(stage);
  }
}
