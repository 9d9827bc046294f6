import {
  type FrameListener,
  openWebSocket,
  type WebSocketChannel,
} from '../inspector/web-socket.js';
import type { Patience } from './patience.js';
import { Unanswered } from './unanswered.js';

/** Commands of the tool are numbered from 1. */
const FIRST_OWN_ID = 2 ** 30;

/** The program at the other end of a WebSocket; keeps track of what it still has to answer. */
export class RelayTarget {
  readonly #channel: WebSocketChannel;
  readonly #unanswered: Unanswered;
  #lastId = FIRST_OWN_ID;

  /** Connects. @throws Error if nothing answers at `url`. */
  static async open(url: string, onFrame: FrameListener): Promise<RelayTarget> {
    const unanswered = new Unanswered();
    const channel = await openWebSocket(url, (frame) => {
      unanswered.received(frame);
      onFrame(frame);
    });
    return new RelayTarget(channel, unanswered);
  }

  private constructor(channel: WebSocketChannel, unanswered: Unanswered) {
    this.#channel = channel;
    this.#unanswered = unanswered;
  }

  get closed(): Promise<void> {
    return this.#channel.closed;
  }

  get localPort(): number {
    return this.#channel.localPort;
  }

  /** Passes on a command of the tool. */
  forward(command: Buffer): void {
    this.#unanswered.sent(command.toString('utf8'));
    this.#channel.send(command);
  }

  pause(): void {
    this.#channel.pause();
  }

  resume(): void {
    this.#channel.resume();
  }

  hangUp(): void {
    this.#channel.destroy();
  }

  /**
   * Waits until no answer is on its way, and has the program forget that it was looked at. False if
   * it takes too long.
   */
  async settle(patience: Patience): Promise<boolean> {
    this.#channel.resume();
    if (!(await this.#answersAll(patience))) return false;
    const { tracked, isEnding } = this.#unanswered;
    if (tracked.size === 0 || isEnding) return true;
    for (const session of tracked) this.#command(session, 'HeapProfiler.disable', {});
    return this.#answersAll(patience);
  }

  /** Evaluates an expression that should end the connection. True if it did. */
  async evaluateLast(expression: string, patience: Patience): Promise<boolean> {
    this.#command('', 'Runtime.evaluate', { expression, includeCommandLineAPI: true });
    let isClosed = false;
    const closed = this.closed.then(() => {
      isClosed = true;
    });
    await patience.outlasts(Promise.race([closed, this.#unanswered.none()]));
    return isClosed;
  }

  /** Ends the connection in order. */
  close(): Promise<void> {
    return this.#channel.close();
  }

  #answersAll(patience: Patience): Promise<boolean> {
    return patience.outlasts(Promise.race([this.closed, this.#unanswered.none()]));
  }

  #command(session: string, method: string, params: object): void {
    const message = JSON.stringify({ id: ++this.#lastId, method, params });
    if (session === '') this.#send(message);
    else this.#command('', 'NodeWorker.sendMessageToWorker', { sessionId: session, message });
  }

  #send(message: string): void {
    this.#unanswered.sent(message);
    this.#channel.send(message);
  }
}
