import { Worker } from 'node:worker_threads';
import { ShowBackrefError } from '../errors.js';
import { entryFile } from '../util/entry-file.js';
import { option, say } from '../util/sentence.js';
import type { LayoutAnswer } from './layout-answer.js';

/** Limits of a rendering. */
export interface RenderSvgOptions {
  /** The time for the layout in milliseconds. */
  readonly timeoutMs?: number;
  /** The time for a second, coarser layout that may follow. Default: the same. */
  readonly coarseTimeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Font families to name after ours, in quotes, for text that ours lacks. */
  readonly families?: readonly string[];
}

/** The advice for a picture that is too large. */
const SMALLER = say`lower ${option('depth')}, ${option('fanIn')} or ${option('maxNodes')}, or write .dot, .json or .txt`;

type LayoutOptions = Required<Pick<RenderSvgOptions, 'timeoutMs'>> & RenderSvgOptions;

const TIMEOUT_MS = 20_000;
/** Graphviz recurses along chains: 20,000 nodes in a row need more than the usual 4 MB. */
const STACK_MB = 64;

/**
 * Network simplex with fewer iterations and straight edges: 20 to 100 times faster on dense graphs.
 */
const COARSE = 'nslimit="0.1"; nslimit1="0.1"; mclimit="0.1"; splines="line";';

/**
 * The font attribute that Graphviz writes for Helvetica, replaced by fonts of the same widths that
 * it has laid out for.
 */
const FAMILY = /font-family="Helvetica,sans-Serif"/g;
const SAME_WIDTHS = [`Helvetica`, `Arial`, `'Liberation Sans'`, `Arimo`];

/**
 * Draws DOT as SVG with Graphviz in WebAssembly, in a separate thread so that it can be stopped.
 * When the time is up it tries once more with a coarse layout.
 *
 * @throws ShowBackrefError RENDER_FAILED (out of time, invalid DOT, out of memory), INTERRUPTED.
 */
export async function renderSvg(dot: string, options: RenderSvgOptions = {}): Promise<string> {
  const bounds = { timeoutMs: TIMEOUT_MS, ...options };
  let svg = await layOut(dot, bounds);
  if (svg === null && !isCoarse(dot)) {
    const { coarseTimeoutMs = bounds.timeoutMs } = options;
    svg = await layOut(coarsen(dot), { ...bounds, timeoutMs: coarseTimeoutMs });
  }
  if (svg === null) {
    const message = say`cannot draw the picture: its layout took longer than "${bounds.timeoutMs / 1000} s"; ${SMALLER}`;
    throw new ShowBackrefError('RENDER_FAILED', message);
  }
  const families = [...SAME_WIDTHS, ...(options.families ?? []), 'sans-serif'];
  return svg.replace(FAMILY, () => `font-family="${families.join(',')}"`);
}

/**
 * Starts the thread and loads Graphviz for the next rendering, for instance while the heap is
 * still being searched: 0.15 s less to wait for. Does not keep the process alive.
 */
export function prepareRenderSvg(): void {
  if (prepared) return;
  const worker = startWorker();
  worker.unref();
  worker.once('exit', () => {
    if (prepared === worker) prepared = undefined;
  });
  prepared = worker;
}

/** A worker that has been started but not yet used. */
let prepared: Worker | undefined;

function takeWorker(): Worker {
  const worker = prepared ?? startWorker();
  prepared = undefined;
  worker.ref();
  return worker;
}

function isCoarse(dot: string): boolean {
  return /^\s*nslimit = "0\.1"/m.test(dot);
}

/**
 * Adds the attributes of a coarse layout before the closing brace: the last assignment to a graph
 * attribute counts.
 */
function coarsen(dot: string): string {
  return dot.replace(/\}\s*$/, `${COARSE}\n}\n`);
}

/** Does one layout in one worker, which ends afterwards; null when the time was up. */
function layOut(dot: string, { timeoutMs, signal }: LayoutOptions): Promise<string | null> {
  if (signal?.aborted) return Promise.reject(interrupted());
  const worker = takeWorker();
  const { promise, resolve, reject } = withResolvers<string | null>();
  const timer = setTimeout(() => resolve(null), timeoutMs);
  const abort = () => reject(interrupted());
  signal?.addEventListener('abort', abort, { once: true });
  worker.once('message', (answer: LayoutAnswer) => {
    if ('svg' in answer && answer.svg !== '') resolve(answer.svg);
    else reject(layoutFailed(dot, 'failure' in answer ? answer.failure : 'empty picture'));
  });
  worker.once('error', (cause) => reject(layoutFailed(dot, cause.message, cause)));
  worker.once('exit', (code) => reject(layoutFailed(dot, `exit code ${code}`)));
  worker.postMessage(dot);
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    return worker.terminate();
  });
}

/**
 * Starts the compiled worker: vitest can run TypeScript sources, a worker thread of Node cannot.
 */
function startWorker(): Worker {
  const file = entryFile('#layout-worker');
  const worker = new Worker(file, {
    resourceLimits: { stackSizeMb: STACK_MB },
    // Graphviz warns on stderr; a worker must not write to the program's streams
    stdout: true,
    stderr: true,
    execArgv: [],
  });
  // an error without a listener would end the program; one that matters is followed by `exit`
  return worker.on('error', () => {});
}

function layoutFailed(dot: string, reason: string, cause?: unknown): ShowBackrefError {
  const why = reason.trim().replace(/\s+/g, ' ').slice(0, 200);
  const size = Math.ceil(dot.length / 1000);
  const message = say`cannot draw the picture: Graphviz stopped with "${why}" on ${size} kB of DOT; ${SMALLER}`;
  return new ShowBackrefError('RENDER_FAILED', message, { cause });
}

function interrupted(): ShowBackrefError {
  return new ShowBackrefError('INTERRUPTED', 'interrupted while drawing the picture');
}

/** Promise.withResolvers, which Node has from version 22. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
