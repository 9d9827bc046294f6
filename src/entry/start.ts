import { statSync } from 'node:fs';
import type { Supervised } from '../supervise/supervisor.js';

const HEAP_FILE = /\.heap(?:snapshot|timeline)$/i;
/** With one of these, nothing is read. */
const NO_WORK = new Set(['--help', '-h', '--version']);
/** Commands that run a program and compute little themselves: signals reach them directly. */
const RUNNERS = new Set(['lprun', 'mprun', 'mprof', 'repl', 'completion', 'skill', 'mcp']);
/** The name of a saved heap, compressed or not, or of standard input. */
const SAVED = /^-$|\.heap(?:snapshot|timeline)(?:\.gz|\.zst)?$/i;

/**
 * Runs the command line from its first moment on. A command that may compute for a long time gets a
 * separate thread, started before its arguments are read: the main thread loads only what it needs
 * to keep watch.
 *
 * @param argv arguments without `node` and the script.
 * @returns the exit code, unless the process ends before; never rejects.
 */
export async function start(argv: readonly string[]): Promise<number> {
  const words = wordsOf(argv);
  if (argv.length === 0 || RUNNERS.has(words[0] ?? '') || words.some((word) => NO_WORK.has(word))) {
    const { processIo, run } = await import('../cli/main.js');
    return run(argv, processIo());
  }
  const { Supervisor } = await import('../supervise/supervisor.js');
  new Supervisor(supervisedFrom(argv)).run();
  return new Promise(() => undefined);
}

export function supervisedFrom(argv: readonly string[]): Supervised {
  const words = wordsOf(argv);
  const isSaved = words.some((word) => SAVED.test(word));
  return { argv, bytes: bytesOfHeap(argv), isSaved, limit: limitIn(words) };
}

/** The words of the command line without the arguments of a script. */
function wordsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** The time limit; also null for an invalid one, which the command refuses. */
function limitIn(words: readonly string[]): Supervised['limit'] {
  const at = words.findIndex((word) => /^--timeout(?:=|$)/.test(word));
  if (at < 0) return null;
  const text = words[at]?.includes('=') ? words[at].slice('--timeout='.length) : words[at + 1];
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text ?? '') ?? [];
  const ms = Number(number) * (UNITS[unit] ?? 0);
  return text !== undefined && ms > 0 ? { ms, text } : null;
}

/**
 * Size in bytes of the first existing file among the arguments that has the name of a heap; 0
 * without one.
 */
export function bytesOfHeap(argv: readonly string[]): number {
  const words = wordsOf(argv);
  if (words.some((word) => NO_WORK.has(word))) return 0;
  for (const word of words) {
    const size = HEAP_FILE.test(word) ? sizeOf(word) : 0;
    if (size > 0) return size;
  }
  return 0;
}

/** Size of a file; its reader reports what is wrong with it. */
function sizeOf(file: string): number {
  try {
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}
