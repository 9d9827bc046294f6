import { createReadStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { type Readable, Writable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import type { MessagePort } from 'node:worker_threads';
import type { Io } from '../cli/io.js';
import { watchUncaught } from '../cli/uncaught.js';
import {
  type CommandData,
  type CommandMessage,
  Slot,
  type StreamName,
  type SupervisorMessage,
} from './messages.js';

/** How often the thread shows that it can still take messages, once it was asked to stop. */
const BEAT_MS = 15;

/** The process as the command's thread sees it: its output goes through the supervisor. */
export function commandIo(port: MessagePort, data: CommandData, writers: Writers): Io {
  const slots = new Int32Array(data.slots);
  const controller = new AbortController();
  let look = new AbortController();
  watchUncaught((reason) => controller.abort(reason));
  port.on('message', (message: SupervisorMessage) => {
    if (message.kind === 'look') look.abort();
    if (message.kind !== 'stop' && message.kind !== 'late') return;
    setInterval(() => Atomics.add(slots, Slot.beats, 1), BEAT_MS).unref();
    Atomics.add(slots, Slot.beats, 1);
    if (message.kind === 'stop') controller.abort();
  });
  let stdin: Readable | null = null;
  return {
    get stdin() {
      stdin ??= openStdin();
      return stdin;
    },
    ...writers,
    cwd: process.cwd(),
    columns: data.columns,
    env: process.env,
    signal: controller.signal,
    armLook() {
      look = new AbortController();
      Atomics.store(slots, Slot.armed, 1);
      return { signal: look.signal, disarm: () => Atomics.store(slots, Slot.armed, 0) };
    },
  };
}

type Writers = Readonly<Record<StreamName, PassedOn>>;

/** Streams that pass on what is written and wait until the supervisor has written it. */
export function commandWriters(port: MessagePort, { isTerminal }: CommandData): Writers {
  return {
    stdout: new PassedOn(port, 'stdout', isTerminal),
    stderr: new PassedOn(port, 'stderr', isTerminal),
  };
}

class PassedOn extends Writable {
  readonly isTTY: boolean;
  readonly #port: MessagePort;
  readonly #to: StreamName;
  #done: ((error?: Error | null) => void) | null = null;

  constructor(
    port: MessagePort,
    to: StreamName,
    isTerminal: Readonly<Record<StreamName, boolean>>,
  ) {
    super({ autoDestroy: false });
    this.#port = port;
    this.#to = to;
    this.isTTY = isTerminal[to];
    // the callback informs the writer
    this.on('error', () => undefined);
    port.on('message', (message: SupervisorMessage) => {
      if (message.kind !== 'written' || message.to !== to) return;
      const { failure } = message;
      const done = this.#done;
      this.#done = null;
      // a pipe that nobody reads is not a failure, and the next write detects it again
      const isFailure = failure !== null && failure.code !== 'EPIPE';
      done?.(isFailure ? Object.assign(new Error(failure.message), { code: failure.code }) : null);
    });
  }

  /** Waits until everything written here is written. */
  async taken(): Promise<void> {
    if (this.writableLength > 0) await new Promise((resolve) => this.write('', resolve));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#done = done;
    // a copy: the memory around a Buffer would be transferred, too
    const bytes = new Uint8Array(chunk);
    const message: CommandMessage = { kind: 'write', to: this.#to, bytes };
    this.#port.postMessage(message, [bytes.buffer]);
  }
}

/**
 * Opens standard input as Node.js does on the main thread; on others it gets nothing unless asked
 * to.
 */
function openStdin(): Readable {
  if (isatty(0)) return new ReadStream(0);
  const stats = fstatSync(0);
  if (stats.isFIFO() || stats.isSocket()) return new Socket({ fd: 0, readable: true });
  return createReadStream('', { fd: 0, autoClose: false });
}
