import type { Writable } from 'node:stream';
import { ShowBackrefError } from '../../errors.js';
import type { Sentence } from '../../util/sentence.js';
import { foretellCost } from '../inspector/foretell-cost.js';
import { streamHeap } from '../inspector/heap-stream.js';
import { connectInspector, type InspectorSession } from '../inspector/inspector-session.js';
import { readPausedProgram } from '../inspector/paused-program.js';
import { settlesWithin } from '../inspector/settles-within.js';
import { readSuspendedFunctions } from '../inspector/suspended-functions.js';
import { loadWebSocket } from '../inspector/web-socket.js';
import type { LiveFacts, SuspendedFunction } from '../opened-source.js';
import type { LineFinder } from '../stop/line-stop.js';
import type { ScriptMoment, StopMoment } from '../stop/stop-moment.js';
import {
  removeExitStop,
  runOn,
  runToStop,
  type Stop,
  type StopReason,
} from '../stop/stop-program.js';
import {
  endedWithoutDebugger,
  interrupted,
  type ScriptPhase,
  scriptEnded,
  scriptNeverRan,
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
  /** Evaluated where the program is paused; the results are `live.evaluated`. */
  readonly expressions?: readonly string[] | undefined;
  /** Default: at its first `debugger;`. */
  readonly when?: ScriptMoment | undefined;
  /** Aborted to look at once; without effect after that. */
  readonly lookNow?: AbortSignal | undefined;
  /** The Node.js that runs the script; default: the one that runs this process. */
  readonly execPath?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Default: `inherit`, so that a script may read what is typed or piped in. */
  readonly stdin?: 'inherit' | 'ignore' | undefined;
  /** Receives the script's standard output: a command line passes its own standard error here. */
  readonly stdout: Writable;
  /** Receives the script's standard error, without what Node.js says about the inspector. */
  readonly stderr: Writable;
  /** Ends the script at once; work in progress then fails with INTERRUPTED. */
  readonly signal?: AbortSignal | undefined;
  /** How long the script may run on after `close` was called; default: 2000 ms. */
  readonly lingerMs?: number | undefined;
  /** Finds lines of sources in scripts that are compiled in memory. */
  readonly findLine?: LineFinder | undefined;
  /** Told in one sentence what takes long, and beforehand when taking the heap may need much memory. */
  readonly onNote?: ((sentence: Sentence) => void) | undefined;
  /** Told how much V8 has done of its work on the heap, from 0 to 1. */
  readonly onTaken?: ((share: number) => void) | undefined;
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

/** The state of a script that is stopped. */
export interface PausedScript {
  readonly session: InspectorSession;
  readonly stop: Stop;
  readonly version: string;
}

/** One run of a script, from its start to its end. */
export class ScriptRun {
  readonly #options: ScriptOptions;
  readonly #script: RunningScript;
  readonly #execPath: string;
  #phase: ScriptPhase = 'starting';
  #session: InspectorSession | null = null;
  #paused: PausedScript | null = null;
  #isHeapTaken = false;
  #isEndedByUs = false;
  readonly #times: number;
  #lastWork: ((session: InspectorSession) => Promise<void>) | null = null;
  #closing: Promise<void> | undefined;

  /** @param times the most heaps that will be taken. */
  constructor(options: ScriptOptions, times = 1) {
    const { scriptArgs = [], nodeArgs = [], stdin = 'inherit', env = process.env } = options;
    this.#options = options;
    this.#times = times;
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

  get file(): string {
    return this.#options.file;
  }

  /** Runs it to its first stop. */
  start(moment: StopMoment): Promise<PausedScript> {
    return this.#guarded(() => this.#runToStop(moment));
  }

  look(): Promise<LiveFacts> {
    return this.#guarded(() => this.#look());
  }

  async *takeHeap(): AsyncGenerator<Uint8Array> {
    if (this.#session === null) return;
    this.#phase = 'capturing';
    this.#tell({ name: 'capturing' });
    try {
      yield* streamHeap(this.#session, { onTaken: this.#options.onTaken });
      this.#noteCaptured();
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  /**
   * Does some work with the script's session.
   *
   * @throws ShowBackrefError one sentence on why that failed; the script is ended.
   */
  explained<T>(work: (session: InspectorSession) => Promise<T>): Promise<T> {
    return this.#guarded(async () => {
      if (this.#session === null) throw new Error('it has not been started');
      return work(this.#session);
    });
  }

  /** Work to be done before the session is closed, in a script that was looked at. */
  beforeClosing(work: (session: InspectorSession) => Promise<void>): void {
    this.#lastWork = work;
  }

  /** Looks at the next `debugger;`; null if the program ends before. */
  lookOn(): Promise<LiveFacts | null> {
    return this.#guarded(async () => {
      if (this.#paused === null) return null;
      const { session, stop } = this.#paused;
      this.#phase = 'running';
      const next = await runOn(session, stop);
      if (next === null) return null;
      this.#isHeapTaken = false;
      return this.#read(session, next.frames);
    });
  }

  /** Looks while it runs. */
  lookOutside(): Promise<LiveFacts> {
    return this.explained((session) => this.#read(session, []));
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
    const { session, stop, version } = await this.#runToStop(
      this.#options.when ?? { kind: 'debugger' },
    );
    const { expressions = [] } = this.#options;
    await this.foretell(session);
    const [seen] = await Promise.all([
      readPausedProgram(session, stop.frames, expressions),
      removeExitStop(session),
    ]);
    await discardConsole(session);
    return { producer: `Node.js ${version}`, ...seen, scripts: await stop.scripts.mapped() };
  }

  async #read(session: InspectorSession, frames: Stop['frames']): Promise<LiveFacts> {
    const seen = await readPausedProgram(session, frames, []);
    await discardConsole(session);
    const scripts = (await this.#paused?.stop.scripts.mapped()) ?? [];
    return { producer: `Node.js ${this.#paused?.version}`, ...seen, scripts };
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw await this.#fail(error);
    }
  }

  async foretell(session: InspectorSession): Promise<void> {
    const { file, onNote } = this.#options;
    if (onNote === undefined) return;
    await foretellCost(session, { name: file, onNote, times: this.#times, isAlwaysSaid: false });
  }

  async #runToStop(moment: StopMoment): Promise<PausedScript> {
    const { session, version } = await this.#connect();
    this.#phase = 'running';
    this.#tell({ name: 'running' });
    const { file, lookNow, findLine, onNote } = this.#options;
    const stop = await runToStop(session, { file, moment, lookNow, findLine, onNote });
    if (typeof stop === 'string') return await this.#giveUp(stop, version);
    if (moment.kind === 'debugger' && stop.at === 'exit') onNote?.(endedWithoutDebugger(file));
    this.#tell({ name: 'paused', at: stop.at });
    this.#paused = { session, stop, version };
    return this.#paused;
  }

  async #connect(): Promise<{ session: InspectorSession; version: string }> {
    const [{ url, version }] = await Promise.all([this.#script.held, loadWebSocket()]);
    this.#session = await connectInspector(url);
    return { session: this.#session, version };
  }

  /** Gives up a program that waits for us to disconnect before it ends. */
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
    const session = this.#session;
    if (this.#isHeapTaken && this.#lastWork !== null && session !== null) {
      // a busy program does not respond
      await settlesWithin(this.#lastWork(session), LAST_WORDS_MS);
    }
    // V8 lets a paused program run on when its only debugger disconnects
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

/**
 * Discards the objects that a program passed to console.log: they are held for a console that
 * nobody will open.
 */
async function discardConsole(session: InspectorSession): Promise<void> {
  await session.send('Runtime.discardConsoleEntries', {});
}
