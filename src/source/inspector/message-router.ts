import { showInvisible } from '../../util/show-invisible.js';
import { truncate } from '../../util/truncate.js';

/** The longest reason for a failure that is shown: an inspector may send anything. */
const LONGEST_REASON = 200;

export interface RoutedCommand {
  readonly method: string;
  readonly params: object;
  /** The session of a target that was attached with `flatten`. */
  readonly sessionId?: string | undefined;
}

type Listener = (params: never) => void;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Message {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly sessionId?: unknown;
}

/** Numbers commands, matches answers to commands, and passes events to their subscribers. */
export class MessageRouter {
  readonly #write: (text: string) => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #lastId = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Never settles if the connection is lost before the answer. */
  send({ method, params, sessionId }: RoutedCommand): Promise<unknown> {
    const id = ++this.#lastId;
    // in this order: the relay reads only the beginning
    const text = JSON.stringify({ id, method, params, sessionId });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#write(text);
    });
  }

  /** @param event a method, for a target with its session: `Debugger.paused.SESSION`. */
  on(event: string, listener: Listener): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  off(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  emit(event: string, params: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(params as never);
  }

  /** @throws Error if it is not a message of the protocol. */
  receive(text: string): void {
    const message = JSON.parse(text) as Message | null;
    if (typeof message !== 'object' || message === null) throw new Error('not a message');
    const { id, method, params, sessionId } = message;
    if (typeof id === 'number') {
      this.#answer(id, message);
    } else if (typeof method === 'string') {
      const event = typeof sessionId === 'string' ? `${method}.${sessionId}` : method;
      this.emit(event, typeof params === 'object' && params !== null ? params : {});
    }
  }

  #answer(id: number, { result, error }: Message): void {
    if (result !== undefined && typeof result !== 'object') throw new Error('not a result');
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result ?? {});
    else waiting?.reject(new Error(reasonOf(error)));
  }
}

function reasonOf(error: unknown): string {
  const { message } = error as { message?: unknown };
  if (typeof message !== 'string' || message === '') return 'it gives no reason';
  return truncate(showInvisible(message.slice(0, 4 * LONGEST_REASON)), LONGEST_REASON);
}
