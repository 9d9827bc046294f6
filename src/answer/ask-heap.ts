import { ShowBackrefError } from '../errors.js';
import type { LiveRequest } from '../source/open-source.js';
import type { OpenedSource } from '../source/opened-source.js';
import { formatBytes } from '../util/format-bytes.js';
import { freeMemory } from '../util/free-memory.js';
import { type HeapSize, memoryNeed } from '../util/memory-need.js';
import { type LoadOptions, type LocatedHeap, loadHeap } from './heap.js';

/** What the work on a heap says and listens to, whatever the question. */
export interface WorkOptions {
  /** Sees the bytes of the heap on their way, to save them for example. */
  readonly tap?: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** Bytes of memory the answer may take; null for any number. */
  readonly maxMemory?: number | null;
  readonly signal?: AbortSignal;
  /** A second thread that was started ahead; is taken by who reads the file it is for. */
  readonly ahead?: LoadOptions['ahead'];
  readonly progress: Progress;
}

/** What the pipeline says while it works; all of it may be ignored. */
export interface Progress {
  reading(bytes: number): void;
  stage(words: string): void;
  warn(sentence: string): void;
}

/** A heap and how many bytes its snapshot had. */
export interface ReadHeap {
  readonly heap: LocatedHeap;
  readonly bytes: number;
}

/** What a live source is asked besides its heap; nothing by default. */
export function toLiveRequest({ progress, signal }: WorkOptions): LiveRequest {
  const onNote = (sentence: string) => progress.warn(sentence);
  return { expressions: [], onNote, ...(signal && { signal }) };
}

/** What a heap is read for. */
export interface Purpose extends Pick<LoadOptions, 'isWalked' | 'retained'> {
  /** Retained sizes will be those of the heap without some references. */
  readonly isCut?: boolean;
}

/** From here on the user is told beforehand. */
const MUCH_MEMORY = 2e9;

/**
 * Reads an opened source to its end; closes it neither then nor on an error.
 *
 * @throws ShowBackrefError as `loadHeap`, and OUT_OF_MEMORY for a heap that would take more than
 *   `maxMemory`, or where more comes than the memory can hold.
 */
export async function readHeap(
  source: OpenedSource,
  options: WorkOptions,
  { isWalked = false, retained = false, isCut = false }: Purpose = {},
): Promise<ReadHeap> {
  const { tap, signal, progress, ahead = null } = options;
  let bytes = 0;
  // a file has an end; what comes from elsewhere may have none
  const most = source.file == null ? freeMemory() : Number.POSITIVE_INFINITY;
  const tapped = tap === undefined ? source : { ...source, bytes: tap(source.bytes), file: null };
  const heap = await loadHeap(tapped, {
    ...{ isWalked, retained: retained && !isCut, ahead },
    stage: (words) => progress.stage(words),
    size: memoryCheck(source.name, options, retained),
    reading: (read) => {
      signal?.throwIfAborted();
      bytes = read;
      if (bytes > most) throw tooMuch(source.name, most);
      progress.reading(read);
    },
  });
  return { heap, bytes };
}

/** Says when an answer will take much memory, refuses when it would take more than it may. */
function memoryCheck(
  name: string,
  { maxMemory = null, progress }: WorkOptions,
  retained: boolean,
): (size: HeapSize) => void {
  let isSaid = false;
  return (size) => {
    const need = memoryNeed(size, { retained });
    if (maxMemory !== null && need > maxMemory) throw tooLarge(name, need, maxMemory);
    if (need < MUCH_MEMORY || isSaid) return;
    isSaid = true;
    progress.warn(`This heap takes about ${formatBytes(need)} of memory.`);
  };
}

function tooLarge(name: string, need: number, most: number): ShowBackrefError {
  return new ShowBackrefError(
    'OUT_OF_MEMORY',
    `${JSON.stringify(name)} takes about ${formatBytes(need)} of memory, --max-memory allows ${formatBytes(most)}; allow more or capture a smaller heap`,
  );
}

function tooMuch(name: string, most: number): ShowBackrefError {
  const what = `${JSON.stringify(name)} goes on after ${formatBytes(most)}, all the memory that was free`;
  const advice = 'free some, or save the heap as a plain file first and name that';
  return new ShowBackrefError('OUT_OF_MEMORY', `${what}; ${advice}`);
}
