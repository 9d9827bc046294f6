import { type ChildProcess, spawn } from 'node:child_process';
import { parse } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { entryFile } from '../../util/entry-file.js';
import { settlesWithin } from '../inspector/settles-within.js';
import type { FrameChannel, FrameListener } from '../inspector/web-socket.js';
import {
  type Departure,
  MessageReader,
  RelayKind,
  type WatchedProcess,
  writeMessage,
} from './relay-message.js';

/**
 * How long the tool waits for the inspector to be closed, for the end of the connection alone, and
 * when it is interrupted. The relay goes on.
 */
const CLOSE_MS = 10_000;
const HANG_UP_MS = 1000;
const INTERRUPTED_MS = 200;

export interface RelayChannel extends FrameChannel {
  /** The port of the relay's end of the connection. */
  readonly localPort: number;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

/**
 * A separate process of ours with the connection to the program that is looked at. It survives when
 * this process is killed, for lack of memory or another reason: it then waits for what the program
 * is about to send, disconnects in order, and closes an inspector that was opened for us.
 * Disconnecting at an arbitrary moment, as the system does for a killed process, can end a program
 * in Node.js 20.
 */
export class Relay {
  readonly #label: string;
  readonly #child: ChildProcess;
  readonly #toRelay: Writable;
  readonly #fromRelay: Readable;
  readonly #connected = deferred<number>();
  readonly #closed = deferred<void>();
  readonly #left = deferred<Departure | null>();
  #onFrame: FrameListener = () => undefined;
  #watched: WatchedProcess | null = null;
  #leaving: Promise<Departure> | undefined;

  /** Starts it. @param label what is looked at, for people who list processes. */
  static start(label: string): Relay {
    return new Relay(label);
  }

  private constructor(label: string) {
    this.#label = label;
    const child = spawn(process.execPath, [entryFile('#inspector-relay'), label], {
      stdio: ['pipe', 'pipe', 'ignore'],
      // outside of the group that a terminal or a shell would end as a whole
      detached: true,
      windowsHide: true,
      // a folder that does not get in anybody's way
      cwd: parse(process.execPath).root,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.#child = child;
    this.#toRelay = child.stdin;
    this.#fromRelay = child.stdout;
    const reader = new MessageReader((kind, payload) => this.#receive(kind, payload));
    child.on('error', (error) => this.#end(error));
    child.stdin.on('error', () => undefined);
    child.stdout.on('error', () => undefined);
    child.stdout.on('data', (piece: Buffer) => reader.push(piece));
    child.stdout.on('close', () => this.#end(new Error('it has ended')));
  }

  /** To be called before the process is asked to open its inspector. */
  watch(watched: WatchedProcess): void {
    this.#watched = watched;
    this.#write(RelayKind.watch, JSON.stringify(watched));
  }

  /** The inspector was open before: it stays open. */
  unwatch(): void {
    this.#watched = null;
    this.#write(RelayKind.unwatch);
  }

  /** @throws Error if nothing answers at `url` (`ws://…`); `RelayLost` if there is no relay. */
  async connect(url: string, onFrame: FrameListener): Promise<RelayChannel> {
    this.#onFrame = onFrame;
    this.#write(RelayKind.connect, url);
    const localPort = await this.#connected.promise;
    return {
      ...{ localPort, closed: this.#closed.promise },
      send: (text) => this.#write(RelayKind.frame, text),
      close: async () => void (await this.leave()),
      destroy: () => {
        this.#write(RelayKind.hangUp);
        this.#closed.resolve();
      },
    };
  }

  /**
   * Reports the fate of an inspector that was opened for us. Safe to call twice; never rejects.
   *
   * @param signal aborted if the tool is in a hurry.
   */
  leave(signal?: AbortSignal): Promise<Departure> {
    this.#leaving ??= this.#leave(signal?.aborted ? INTERRUPTED_MS : this.#usualMs());
    return this.#leaving;
  }

  #usualMs(): number {
    return this.#watched === null ? HANG_UP_MS : CLOSE_MS;
  }

  async #leave(ms: number): Promise<Departure> {
    this.#write(RelayKind.leave);
    const isInTime = await settlesWithin(this.#left.promise, ms);
    const departure = isInTime ? await this.#left.promise : 'later';
    this.#closed.resolve();
    // it goes on if it has to
    this.#toRelay.destroy();
    this.#fromRelay.destroy();
    this.#child.unref();
    if (departure !== null) return departure;
    return this.#watched === null ? 'closed' : this.#replace(this.#watched);
  }

  /** The relay itself was killed: another one closes the inspector. */
  #replace(watched: WatchedProcess): Promise<Departure> {
    const other = new Relay(this.#label);
    other.watch(watched);
    return other.leave();
  }

  #receive(kind: RelayKind, payload: Buffer): void {
    const text = () => payload.toString();
    if (kind === RelayKind.frame) this.#onFrame(payload);
    else if (kind === RelayKind.connected) this.#connected.resolve(Number(text()));
    else if (kind === RelayKind.refused) this.#connected.reject(new Error(text()));
    else if (kind === RelayKind.closed) this.#closed.resolve();
    else if (kind === RelayKind.left) this.#left.resolve(text() as Departure);
  }

  #end(error: Error): void {
    this.#connected.reject(new RelayLost(error.message, { cause: error }));
    this.#closed.resolve();
    this.#left.resolve(null);
  }

  #write(kind: RelayKind, payload: string | Uint8Array = ''): void {
    if (!this.#toRelay.destroyed) writeMessage(this.#toRelay, kind, payload);
  }
}

/** Our own process for the connection could not be started, or was killed. */
export class RelayLost extends Error {}

function deferred<T>(): Deferred<T> {
  let [resolve, reject] = [(_: T) => {}, (_: Error) => {}];
  const promise = new Promise<T>((...settle) => {
    [resolve, reject] = settle;
  });
  // nothing may be waiting for it
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
