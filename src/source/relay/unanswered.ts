/** More than the beginning of a message ever needs, which is all that is read. */
const HEAD_BYTES = 300;

const OWN_ANSWER = /^\s*\{\s*"id"\s*:\s*(\d+)/;
const WORKER_ANSWER =
  /^\{"method":"NodeWorker\.receivedMessageFromWorker","params":\{"sessionId":"([^"]*)","message":"\{\\"id\\":(\d+)/;
const WORKER_GONE = /^\{"method":"NodeWorker\.detachedFromWorker","params":\{"sessionId":"([^"]*)"/;
const ENDING = /^\{"method":"NodeRuntime\.waitingForDisconnect"/;

interface SentMessage {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId?: string; readonly message?: string };
}

/**
 * Tracks which commands of a session are in progress, so that nobody disconnects in the middle of
 * their answers: Node.js 20 can then end with SIGSEGV.
 */
export class Unanswered {
  /** Numbers of commands; those to worker threads with the number of the session first. */
  readonly #ids = new Set<string>();
  #onNone: (() => void)[] = [];
  #isEnding = false;

  /** The program is about to end and only waits for its inspector's clients to disconnect. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** The workers whose heap is being tracked; `''` stands for the program itself. */
  readonly tracked = new Set<string>();

  sent(text: string): void {
    const { id, method, params } = parse(text);
    if (id === undefined) return;
    this.#ids.add(String(id));
    this.#follow('', method);
    if (method !== 'NodeWorker.sendMessageToWorker') return;
    const inner = parse(params?.message ?? '');
    const session = params?.sessionId ?? '';
    if (inner.id !== undefined) this.#ids.add(`${session}:${inner.id}`);
    this.#follow(session, inner.method);
  }

  received(frame: Buffer): void {
    const head = frame.toString('latin1', 0, HEAD_BYTES);
    const [, own] = OWN_ANSWER.exec(head) ?? [];
    const [, session, id] = WORKER_ANSWER.exec(head) ?? [];
    const [, gone] = WORKER_GONE.exec(head) ?? [];
    if (own !== undefined) this.#ids.delete(own);
    else if (session !== undefined) this.#ids.delete(`${session}:${id}`);
    else if (gone !== undefined) this.#forget(gone);
    else if (ENDING.test(head)) this.#isEnding = true;
    this.#check();
  }

  /** Resolves when every command has been answered, or when no more answers will come. */
  none(): Promise<void> {
    return new Promise((resolve) => {
      this.#onNone.push(resolve);
      this.#check();
    });
  }

  #check(): void {
    if (this.#ids.size > 0 && !this.#isEnding) return;
    for (const resolve of this.#onNone.splice(0)) resolve();
  }

  #forget(session: string): void {
    for (const id of this.#ids) if (id.startsWith(`${session}:`)) this.#ids.delete(id);
    this.tracked.delete(session);
  }

  #follow(session: string, method: string | undefined): void {
    if (method === 'HeapProfiler.startTrackingHeapObjects') this.tracked.add(session);
    if (method === 'HeapProfiler.stopTrackingHeapObjects') this.tracked.delete(session);
  }
}

function parse(text: string): SentMessage {
  try {
    return (JSON.parse(text) as SentMessage | null) ?? {};
  } catch {
    return {};
  }
}
