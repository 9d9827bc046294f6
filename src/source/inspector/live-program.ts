import { ShowBackrefError } from '../../errors.js';
import type {
  LiveFacts,
  MappedScriptText,
  OpenedSource,
  SuspendedFunction,
  WorkerThread,
} from '../opened-source.js';
import type { UserFrame } from '../stop/stop-program.js';
import { type CostRequest, foretellCost } from './foretell-cost.js';
import { collectGarbage, streamHeap } from './heap-stream.js';
import type { InspectorEvents } from './inspector-protocol.js';
import type { InspectorSession } from './inspector-session.js';
import { isStuck, liveInterrupted } from './live-errors.js';
import { LoadedScripts } from './loaded-scripts.js';
import { readPausedProgram } from './paused-program.js';
import { settlesWithin } from './settles-within.js';
import { readSuspendedFunctions } from './suspended-functions.js';

/** The longest time for a program's first answer. */
const ANSWER_MS = 20_000;

type PausedEvent = InspectorEvents['Debugger.paused'];

/** The access to a program that runs independently and continues after we have left. */
export interface ProgramAccess {
  readonly kind: 'process' | 'inspector';
  /** The name that the user gave. */
  readonly name: string;
  /** Such as `Node.js v20.20.2`. */
  readonly producer: string;
  readonly session: InspectorSession;
  /** Its worker threads; absent where it is one itself. */
  listWorkers?(): Promise<readonly WorkerThread[]>;
  /** Says why it takes long, where that can be seen. */
  waiting?<T>(work: () => Promise<T>): Promise<T>;
  /** One sentence for a failure of the session. */
  explain(error: unknown): Promise<ShowBackrefError>;
  /** Leaves the program as it was found; never rejects. */
  leave(): Promise<void>;
}

/**
 * A running program under its inspector. Any number of heaps can be taken, one after another:
 * `look`, then read `takeHeap` to its end. We never pause it, nor resume it if another debugger
 * paused it.
 */
export class LiveProgram {
  readonly #access: ProgramAccess;
  readonly #session: InspectorSession;
  readonly #scripts: LoadedScripts;
  #mapped: readonly MappedScriptText[] = [];
  #leaving: Promise<void> | undefined;
  #pausedMs = 0;

  constructor(access: ProgramAccess) {
    this.#access = access;
    this.#session = access.session;
    this.#scripts = new LoadedScripts(access.session);
  }

  get kind() {
    return this.#access.kind;
  }

  get name() {
    return this.#access.name;
  }

  /** How long it stood still when its heap was last taken. */
  get pausedMs(): number {
    return this.#pausedMs;
  }

  /**
   * Says what taking the heap may cost if that is a lot.
   *
   * @throws ShowBackrefError SOURCE_UNREACHABLE, SOURCE_REFUSED.
   */
  foretell(request: Omit<CostRequest, 'name'>): Promise<void> {
    return this.#explained(async () => {
      const asked = foretellCost(this.#session, { ...request, name: this.name });
      if (!(await settlesWithin(asked, ANSWER_MS))) throw isStuck(this.#access.name);
      await asked;
    });
  }

  /** @throws ShowBackrefError SOURCE_UNREACHABLE, SOURCE_REFUSED. */
  collectGarbage(): Promise<void> {
    return this.#explained(() => collectGarbage(this.#session));
  }

  /**
   * Collects the facts that are known before the heap is taken: the frames if another debugger has
   * paused the program, and the values of the expressions there, or else globally. Leaves no handle
   * of ours.
   *
   * @throws ShowBackrefError SOURCE_UNREACHABLE, SOURCE_REFUSED.
   */
  async look(expressions: readonly string[]): Promise<LiveFacts> {
    const seen = await this.#explained(async () => {
      const frames = await this.#findPause();
      // a debugger would report each expression as a script, see `sendAlone`
      if (frames.length === 0) await this.#session.send('Debugger.disable', {});
      return readPausedProgram(this.#session, frames, expressions)
        .catch((error) => {
          // the debugger that paused it may have resumed it meanwhile
          if (frames.length === 0) throw error;
          return readPausedProgram(this.#session, [], expressions);
        })
        .finally(() => this.#session.send('Debugger.disable', {}));
    });
    return { producer: this.#access.producer, ...seen, scripts: this.#mapped };
  }

  /**
   * The heap of the moment after `look`.
   *
   * @throws ShowBackrefError SOURCE_UNREACHABLE if the program ends meanwhile.
   */
  async *takeHeap(onTaken?: LookRequest['onTaken']): AsyncGenerator<Uint8Array> {
    const startedAt = performance.now();
    const onLast = () => {
      this.#pausedMs = performance.now() - startedAt;
    };
    try {
      yield* streamHeap(this.#session, { onLast, onTaken });
    } catch (error) {
      throw await this.#access.explain(error);
    }
  }

  /**
   * As `OpenedSource.nameSuspended`. The program runs, so some functions will have continued
   * meanwhile.
   */
  async nameSuspended(nodeIds: readonly number[]): Promise<readonly SuspendedFunction[]> {
    const work = async () => {
      await this.#session.send('Debugger.setSkipAllPauses', { skip: true });
      await this.#session.send('Debugger.enable', {});
      const functions = await readSuspendedFunctions(this.#session, nodeIds);
      await this.#session.send('Debugger.disable', {});
      return functions;
    };
    const named = work().catch(() => []);
    return (await settlesWithin(named, ANSWER_MS)) ? named : [];
  }

  /** As `OpenedSource.listWorkers`. */
  async listWorkers(): Promise<readonly WorkerThread[]> {
    const listed = this.#access.listWorkers?.().catch(() => []) ?? Promise.resolve([]);
    return (await settlesWithin(listed, ANSWER_MS)) ? listed : [];
  }

  /** Safe to call twice. */
  close(): Promise<void> {
    this.#leaving ??= this.#access.leave();
    return this.#leaving;
  }

  /**
   * The frames of a program that another debugger has paused: V8 reports them before it answers
   * `enable`. The program's own `debugger;` statements are skipped while we are attached.
   */
  async #findPause(): Promise<readonly UserFrame[]> {
    const pauses: PausedEvent[] = [];
    const subscriptions = [
      this.#scripts.listen(),
      this.#session.on('Debugger.paused', (event) => pauses.push(event)),
    ];
    const enabled = Promise.all([
      this.#session.send('Debugger.setSkipAllPauses', { skip: true }),
      this.#session.send('Debugger.enable', {}),
    ]);
    const isInTime = await settlesWithin(enabled, ANSWER_MS);
    for (const unsubscribe of subscriptions) unsubscribe();
    if (!isInTime) throw isStuck(this.#access.name);
    await enabled;
    this.#mapped = await this.#scripts.mapped();
    return (pauses[0]?.callFrames ?? [])
      .map((call) => ({ call, url: this.#scripts.urls.get(call.location.scriptId) ?? '' }))
      .filter(({ url }) => !/^(node|ext):/.test(url));
  }

  async #explained<T>(work: () => Promise<T>): Promise<T> {
    const { waiting } = this.#access;
    try {
      return await (waiting === undefined ? work() : waiting(work));
    } catch (error) {
      throw error instanceof ShowBackrefError ? error : await this.#access.explain(error);
    }
  }
}

export interface LookRequest {
  readonly expressions: readonly string[];
  /** Called in advance with one sentence if taking the heap may need much memory. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  /** Told how much V8 has done of its work on the heap, from 0 to 1. */
  readonly onTaken?: ((share: number) => void) | undefined;
  /** Lets go of the program; what is under way then fails with INTERRUPTED. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at a program once: resolves when all of `live` is known. `close` releases the program, and
 * so does any failure.
 *
 * @throws ShowBackrefError as `LiveProgram.look`, or INTERRUPTED; `bytes` throws the same.
 */
export async function openLive(
  program: LiveProgram,
  { expressions, onNote, onTaken, signal }: LookRequest,
): Promise<OpenedSource> {
  const leave = () => void program.close();
  const close = async () => {
    signal?.removeEventListener('abort', leave);
    await program.close();
  };
  const interruptible = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const result = await work;
      if (signal?.aborted) throw liveInterrupted(program.name);
      return result;
    } catch (error) {
      await close();
      throw signal?.aborted ? liveInterrupted(program.name) : error;
    }
  };
  async function* takeHeap() {
    const chunks = program.takeHeap(onTaken);
    for (;;) {
      const { done, value } = await interruptible(chunks.next());
      if (done) return;
      yield value;
    }
  }
  signal?.addEventListener('abort', leave);
  if (signal?.aborted) leave();
  if (onNote !== undefined)
    await interruptible(program.foretell({ onNote, times: 1, isAlwaysSaid: false }));
  const live = await interruptible(program.look(expressions));
  return {
    ...{ kind: program.kind, name: program.name, live, bytes: takeHeap(), close },
    nameSuspended: (nodeIds) => program.nameSuspended(nodeIds),
    listWorkers: () => program.listWorkers(),
  };
}
