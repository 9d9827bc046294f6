import type { Readable, Writable } from 'node:stream';
import { readLines } from './read-lines.js';
import { type Incoming, type Refused, RpcError, readMessage } from './rpc-message.js';

/** Passed on to the code that answers a request. */
export interface RequestContext {
  /** Aborted when the client no longer wants the answer, or has gone. */
  readonly signal: AbortSignal;
  /** Tells the client how far the work is, where it has asked for that. */
  readonly onProgress: (words: string) => void;
}

/** A request that cannot be answered because of what it says. */
export class BadRequest extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Answers a request by its method; throws BadRequest. */
export type Answerer = (request: Incoming, context: RequestContext) => Promise<object> | object;

/**
 * JSON-RPC over two streams, a message a line: requests are answered as they are done, until the input ends.
 * Nothing a client sends ends it.
 */
export class RpcSession {
  readonly #output: Writable;
  readonly #answer: Answerer;
  readonly #open = new Map<number | string, AbortController>();

  constructor(output: Writable, answer: Answerer) {
    this.#output = output;
    this.#answer = answer;
    // a client that has gone reads nothing more; that its input ends is what ends the session
    output.on('error', () => undefined);
  }

  /** Resolves when the input has ended or the signal is aborted; what is not done by then is given up. */
  async run(input: Readable, signal: AbortSignal): Promise<void> {
    const end = () => input.destroy();
    signal.addEventListener('abort', end);
    try {
      for await (const line of readLines(input)) this.#hear(line);
    } catch {
      // an input that breaks off has ended
    } finally {
      signal.removeEventListener('abort', end);
      for (const controller of this.#open.values()) controller.abort();
    }
  }

  #hear(line: string | null): void {
    const message =
      line === null
        ? { id: null, code: RpcError.request, message: 'the message is too long' }
        : readMessage(line);
    if (message === null) return;
    if ('code' in message) this.#refuse(message);
    else if (message.id === null) this.#note(message);
    else void this.#reply(message, message.id);
  }

  /** Of notifications only one means something here. */
  #note({ method, params }: Incoming): void {
    if (method !== 'notifications/cancelled') return;
    const { requestId } = params;
    if (typeof requestId === 'number' || typeof requestId === 'string') {
      this.#open.get(requestId)?.abort();
    }
  }

  async #reply(request: Incoming, id: number | string): Promise<void> {
    if (this.#open.has(id)) {
      this.#refuse({ id, code: RpcError.request, message: `the id "${id}" is in use` });
      return;
    }
    const controller = new AbortController();
    this.#open.set(id, controller);
    const { signal } = controller;
    try {
      const onProgress = this.#progressOf(request);
      const result = await this.#answer(request, { signal, onProgress });
      // nobody waits for the answer to a request that was taken back
      if (!signal.aborted) this.#send({ id, result });
    } catch (error) {
      const code = error instanceof BadRequest ? error.code : RpcError.request;
      const { message } = error as Error;
      if (!signal.aborted) this.#refuse({ id, code, message });
    } finally {
      this.#open.delete(id);
    }
  }

  #progressOf({ params }: Incoming): RequestContext['onProgress'] {
    const { progressToken } = (params._meta ?? {}) as { readonly progressToken?: unknown };
    let progress = 0;
    return (message) => {
      if (typeof progressToken !== 'string' && typeof progressToken !== 'number') return;
      progress += 1;
      this.#send({
        method: 'notifications/progress',
        params: { progressToken, progress, message },
      });
    };
  }

  #refuse({ id, code, message }: Refused): void {
    this.#send({ id, error: { code, message } });
  }

  #send(message: object): void {
    this.#output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
}
