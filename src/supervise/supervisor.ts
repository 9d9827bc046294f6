import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { internalError, noAnswerWithin, outOfMemory } from '../cli/ending-words.js';
import { terminalColumns } from '../cli/terminal-columns.js';
import { removeRemnant } from '../files/remove-remnant.js';
import { entryFile } from '../util/entry-file.js';
import type { Remnant } from '../util/left-behind.js';
import { toOneLine } from '../util/one-line.js';
import {
  type CommandData,
  type CommandMessage,
  SLOTS,
  Slot,
  type StreamName,
  type SupervisorMessage,
} from './messages.js';

/** The unit of the limits below: on a busy machine, where everything takes longer, so do they. */
const TURN_MS = 10;
/**
 * Without a sign of life for this long, the command computes: it will not hear that it should stop.
 */
const MOST_SILENT_TURNS = 10;
/**
 * The time to close saved files after a request to stop; a program that is looked at has longer,
 * because it has to be released first.
 */
const MOST_TURNS = 15;
const MOST_LIVE_TURNS = 1000;
/**
 * The time to end the thread: native code, such as that of a drawing, cannot be ended from outside;
 * then the process is ended.
 */
const MOST_ENDING_TURNS = 12;
const EXIT_INTERRUPTED = 130;

export interface Supervised {
  readonly argv: readonly string[];
  readonly bytes: number;
  /** True if only files are looked at, so that no program has to be released. */
  readonly isSaved: boolean;
  /** Milliseconds of `--timeout`, and the text as written; null without one. */
  readonly limit: { readonly ms: number; readonly text: string } | null;
}

/** The reason why a command is ended. */
interface Reason {
  readonly sentence: string;
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs a command in a separate thread and keeps the main thread free: a signal, or the end of the
 * allowed time, first asks the command to stop. If it computes, and so does not hear, its thread is
 * ended, and what it has begun is cleaned up here.
 */
export class Supervisor {
  readonly #task: Supervised;
  readonly #slots = new Int32Array(new SharedArrayBuffer(4 * SLOTS));
  readonly #remnants = new Map<string, Remnant>();
  readonly #worker: Worker;
  readonly #streams: { [name in StreamName]?: NodeJS.WriteStream } = {};
  #isEnding = false;
  #stopping: NodeJS.Timeout | null = null;

  constructor(task: Supervised) {
    this.#task = task;
    const workerData: CommandData = {
      argv: task.argv,
      bytes: task.bytes,
      columns: terminalColumns(isatty(1) ? process.stdout : {}, process.env),
      isTerminal: { stdout: isatty(1), stderr: isatty(2) },
      slots: this.#slots.buffer as SharedArrayBuffer,
    };
    this.#worker = new Worker(entryFile('#command-thread'), { workerData, env: SHARE_ENV });
  }

  /** Ends the process when the command has ended. */
  run(): void {
    this.#worker.on('message', (message: CommandMessage) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => {
      if (code === 0 || this.#isEnding) this.#fail(new Error('its thread has ended'));
      // the command has said why
      else process.exit(code);
    });
    // nothing of ours throws here, but code that a user had loaded before may
    process.on('uncaughtException', (error) => this.#fail(error));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.#interrupt(signal));
    }
    this.#limitTime();
  }

  #hear(message: CommandMessage): void {
    if (this.#isEnding) return;
    switch (message.kind) {
      case 'write':
        this.#write(message.to, message.bytes);
        break;
      case 'remnant': {
        const key = JSON.stringify(message.remnant);
        if (message.isThere) this.#remnants.set(key, message.remnant);
        else this.#remnants.delete(key);
        break;
      }
      case 'done':
        // everything is written; a thread that ends by itself would first free its memory, piece by
        // piece
        process.exit(message.code);
    }
  }

  #write(to: StreamName, bytes: Uint8Array): void {
    // creating a stream takes a while, so only the used ones are created
    const stream = this.#streams[to] ?? process[to].on('error', () => undefined);
    this.#streams[to] = stream;
    stream.write(bytes, (error) => {
      const failure = error ? { code: codeOf(error), message: error.message } : null;
      this.#tell({ kind: 'written', to, failure });
    });
  }

  #tell(message: SupervisorMessage): void {
    this.#worker.postMessage(message);
  }

  #interrupt(signal: NodeJS.Signals): void {
    const { armed } = Slot;
    const isWish = signal === 'SIGINT' && Atomics.compareExchange(this.#slots, armed, 1, 0) === 1;
    if (isWish) this.#tell({ kind: 'look' });
    else this.#stop({ sentence: 'interrupted', code: EXIT_INTERRUPTED, signal });
  }

  /**
   * Ends the command at its time limit. The command has the same limit, and reports it in the same
   * words if it can.
   */
  #limitTime(): void {
    const { limit } = this.#task;
    if (limit === null) return;
    const late = () => this.#watch({ sentence: noAnswerWithin(limit.text), code: 1, signal: null });
    setTimeout(late, Math.min(limit.ms, 2 ** 31 - 1)).unref();
  }

  /** Asks the command to stop; the second time, ends it. */
  #stop(reason: Reason): void {
    if (this.#stopping !== null) void this.#kill(reason);
    else this.#watch(reason);
  }

  #watch(reason: Reason): void {
    if (this.#stopping !== null || this.#isEnding) return;
    this.#tell({ kind: reason.signal === null ? 'late' : 'stop' });
    const most = this.#task.isSaved ? MOST_TURNS : MOST_LIVE_TURNS;
    let turns = 0;
    let silent = 0;
    let beats = 0;
    this.#stopping = setInterval(() => {
      const latest = Atomics.load(this.#slots, Slot.beats);
      silent = latest === beats ? silent + 1 : 0;
      beats = latest;
      turns += 1;
      if (silent > MOST_SILENT_TURNS || turns > most) void this.#kill(reason);
    }, TURN_MS);
  }

  async #kill({ sentence, code, signal }: Reason): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    const isTerminal = isatty(2);
    let turns = 0;
    const ending = setInterval(() => {
      turns += 1;
      if (turns > MOST_ENDING_TURNS) this.#killProcess(signal);
    }, TURN_MS);
    sayAtOnce(`${isTerminal ? '\r\u001b[K' : ''}showbackref: ${sentence}\n`);
    this.#cleanUp('process');
    await this.#worker.terminate();
    clearInterval(ending);
    this.#cleanUp('file');
    process.exit(code);
  }

  /**
   * Ends the process. A shell shows 128 plus the number of the signal: this is 130, as after a
   * command that could be stopped.
   */
  #killProcess(signal: NodeJS.Signals | null): void {
    this.#cleanUp('file');
    if (signal === null) return;
    process.removeAllListeners('SIGINT');
    process.kill(process.pid, 'SIGINT');
  }

  #cleanUp(kind: Remnant['kind']): void {
    for (const remnant of this.#remnants.values()) {
      if (remnant.kind === kind) removeRemnant(remnant);
    }
  }

  /**
   * Reports a failure. The command itself never throws: the cause is a thread without memory, or
   * our own error.
   */
  #fail(error: unknown): void {
    if (this.#isEnding) return;
    const message = error instanceof Error ? error.message : String(error);
    const isFull = codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY';
    const sentence = isFull ? outOfMemory() : internalError(toOneLine(message));
    void this.#kill({ sentence, code: 1, signal: null });
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}

/** Writes synchronously: output in a stream may be lost when the process ends. */
function sayAtOnce(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // nobody reads it
  }
}
