import { Worker } from 'node:worker_threads';
import { removeRemnant } from '../files/remove-remnant.js';
import { entryFile } from '../util/entry-file.js';
import type { Remnant } from '../util/left-behind.js';
import { toOneLine } from '../util/one-line.js';
import type { FromRoom, RoomData, ToRoom } from './room-messages.js';
import { type ToolResult, toolError } from './tools/tool-result.js';
import type { CallContext } from './tools/tool-room.js';

/** A call that computes on after it was cancelled is ended after this time. */
const GRACE_MS = 1000;

interface Waiting {
  readonly resolve: (result: ToolResult) => void;
  readonly onProgress: CallContext['onProgress'];
}

/** Sends calls to a separate thread, one after the other; a thread that has ended is started again. */
export class HeapThread {
  readonly #settings: RoomData;
  readonly #remnants = new Map<string, Remnant>();
  #worker: Worker | null = null;
  #current: Waiting | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(settings: RoomData) {
    this.#settings = settings;
  }

  /** Never rejects. A cancelled call gets an answer too, which nobody reads. */
  call(
    tool: string,
    given: Readonly<Record<string, unknown>>,
    context: CallContext,
  ): Promise<ToolResult> {
    const answered = this.#queue.then(() => this.#ask({ kind: 'call', tool, given }, context));
    this.#queue = answered;
    return answered;
  }

  /** Ends the thread, whatever it does, and cleans up. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#forget(toolError('the server has ended'));
    await worker?.terminate();
    for (const remnant of this.#remnants.values()) removeRemnant(remnant);
    this.#remnants.clear();
  }

  async #ask(message: ToRoom, { signal, onProgress }: CallContext): Promise<ToolResult> {
    if (signal.aborted) return toolError('cancelled');
    const worker = this.#started();
    let timer: NodeJS.Timeout | undefined;
    const cancel = () => {
      worker.postMessage({ kind: 'cancel' } satisfies ToRoom);
      timer = setTimeout(() => void this.close(), GRACE_MS);
    };
    signal.addEventListener('abort', cancel);
    try {
      return await new Promise<ToolResult>((resolve) => {
        this.#current = { resolve, onProgress };
        worker.postMessage(message);
      });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    }
  }

  #started(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(entryFile('#mcp-room'), { workerData: this.#settings });
    worker.on('message', (message: FromRoom) => this.#hear(message));
    worker.on('error', (error) => {
      if (this.#worker === worker) this.#forget(toolError(failureWords(error)));
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#forget(toolError('the work on that heap has broken off'));
    });
    this.#worker = worker;
    return worker;
  }

  #hear(message: FromRoom): void {
    switch (message.kind) {
      case 'progress':
        this.#current?.onProgress(message.words);
        break;
      case 'remnant': {
        const key = JSON.stringify(message.remnant);
        if (message.isThere) this.#remnants.set(key, message.remnant);
        else this.#remnants.delete(key);
        break;
      }
      case 'done':
        this.#finish(message.result);
    }
  }

  #finish(result: ToolResult): void {
    const current = this.#current;
    this.#current = null;
    current?.resolve(result);
  }

  #forget(result: ToolResult): void {
    this.#worker = null;
    this.#finish(result);
  }
}

function failureWords(error: unknown): string {
  const { code, message = '' } = error as NodeJS.ErrnoException;
  const isFull = code === 'ERR_WORKER_OUT_OF_MEMORY';
  const what = isFull ? 'there is not enough memory for that heap' : toOneLine(message);
  return `${what}; the heaps that were open have been let go, and the next call opens them again`;
}
