import { statSync } from 'node:fs';
import type { ThreadAhead } from '../util/thread-ahead.js';

const HEAP_FILE = /\.heap(?:snapshot|timeline)$/i;
/** With one of these nothing is read. */
const NO_WORK = new Set(['--help', '-h', '--version']);

/**
 * The command line from its first moment on: a second thread for a large heap takes as long to be ready
 * as this one to load the code and to understand the options, so it is started before both.
 *
 * @param argv arguments without `node` and the script.
 * @returns the exit code; never rejects.
 */
export async function start(argv: readonly string[]): Promise<number> {
  const bytes = bytesOfHeap(argv);
  const thread = bytes > 0 ? await startThread(bytes) : null;
  const { processIo, run } = await import('../cli/main.js');
  return thread === null ? run(argv, processIo()) : run(argv, processIo(), thread);
}

async function startThread(bytes: number): Promise<ThreadAhead> {
  const { ThreadAhead } = await import('../util/thread-ahead.js');
  return new ThreadAhead(bytes);
}

/** Size of the first file there is among the arguments that is a heap by its name; 0 without one. */
export function bytesOfHeap(argv: readonly string[]): number {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  if (words.some((word) => NO_WORK.has(word))) return 0;
  for (const word of words) {
    const size = HEAP_FILE.test(word) ? sizeOf(word) : 0;
    if (size > 0) return size;
  }
  return 0;
}

/** What is wrong with a file is said by whoever reads it. */
function sizeOf(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}
