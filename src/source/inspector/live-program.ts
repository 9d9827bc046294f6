import { ShowBackrefError } from '../../errors.js';
import type {
  LiveFacts,
  MappedScriptText,
  OpenedSource,
  SuspendedFunction,
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

/** How long a program may take for its first answer. */
const ANSWER_MS = 20_000;

type PausedEvent = InspectorEvents['Debugger.paused'];

/** A way into a program that runs on its own and goes on when we have gone. */
export interface ProgramAccess {
  readonly kind: 'process' | 'inspector';
  /** As the user named it. */
  readonly name: string;
  /** Such as `Node.js v20.20.2`. */
  readonly producer: string;
  readonly session: InspectorSession;
  /** Says why it takes long, where that can be seen. */
  waiting?<T>(work: () => Promise<T>): Promise<T>;
  /** One sentence for a failure of the session. */
  explain(error: unknown): Promise<ShowBackrefError>;
  /** Leaves the program as it was found; never rejects. */
  leave(): Promise<void>;
}

/**
 * A running program under its inspector. Any number of heaps can be taken, one after another: `look`,
 * then read `takeHeap` to its end. It is never paused by us, nor resumed if somebody else paused it.
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

  /** For how long it stood still when its heap was taken last. */
  get pausedMs(): number {
    return this.#pausedMs;
  }

  /**
   * Says what it may cost to take the heap if that is a lot.
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
   * What can be known before the heap is taken: the frames where somebody has paused the program, and
   * what the expressions give there, or else globally. No handle of ours is left.
   *
   * @throws ShowBackrefError SOURCE_UNREACHABLE, SOURCE_REFUSED.
   */
  async look(expressions: readonly string[]): Promise<LiveFacts> {
    const seen = await this.#explained(async () => {
      const frames = await this.#findPause();
      // a debugger would tell of each expression as of a script, see `sendAlone`
      if (frames.length === 0) await this.#session.send('Debugger.disable', {});
      return readPausedProgram(this.#session, frames, expressions)
        .catch((error) => {
          // whoever had paused it may have let it go meanwhile
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
   * @throws ShowBackrefError SOURCE_UNREACHABLE when the program ends meanwhile.
   */
  async *takeHeap(): AsyncGenerator<Uint8Array> {
    const startedAt = performance.now();
    try {
      yield* streamHeap(this.#session, () => {
        this.#pausedMs = performance.now() - startedAt;
      });
    } catch (error) {
      throw await this.#access.explain(error);
    }
  }

  /** As `OpenedSource.nameSuspended`. The program runs, so some will have run on meanwhile. */
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

  /** Safe to call twice. */
  close(): Promise<void> {
    this.#leaving ??= this.#access.leave();
    return this.#leaving;
  }

  /**
   * The frames of a program that somebody else has paused: V8 tells of that before it answers
   * `enable`. Its own `debugger;` statements do not stop it on our account.
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
  /** Told beforehand, in one sentence, when taking the heap may need much memory. */
  readonly onNote?: ((sentence: string) => void) | undefined;
  /** Lets go of the program; what is under way then fails with INTERRUPTED. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at a program once: resolves when all of `live` is known. The program is left by `close`, and
 * when anything fails.
 *
 * @throws ShowBackrefError as `LiveProgram.look`, or INTERRUPTED; `bytes` throws the same.
 */
export async function openLive(
  program: LiveProgram,
  { expressions, onNote, signal }: LookRequest,
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
    const chunks = program.takeHeap();
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
  };
}
