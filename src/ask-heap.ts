import { ShowBackrefError } from './errors.js';
import { type LoadOptions, type LocatedHeap, loadHeap } from './heap.js';
import type { LiveRequest } from './source/open-source.js';
import type { OpenedSource } from './source/opened-source.js';
import { formatBytes } from './util/format-bytes.js';
import { freeMemory } from './util/free-memory.js';
import type { HeapSize } from './util/memory-need.js';

/** What the work on a heap says and listens to, whatever the question. */
export interface WorkOptions {
  /** Sees the bytes of the heap on their way, to save them for example. */
  readonly tap?: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** What is known of the heap's size, before memory is spent on it; may throw to refuse. */
  readonly size?: (size: HeapSize) => void;
  readonly signal?: AbortSignal;
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

/**
 * Reads an opened source to its end; closes it neither then nor on an error.
 *
 * @throws ShowBackrefError as `loadHeap`, and OUT_OF_MEMORY where more comes than the memory can hold.
 */
export async function readHeap(
  source: OpenedSource,
  { tap, size, signal, progress, isWalked = false }: WorkOptions & Pick<LoadOptions, 'isWalked'>,
): Promise<ReadHeap> {
  let bytes = 0;
  // a file has an end; what comes from elsewhere may have none
  const most = source.file == null ? freeMemory() : Number.POSITIVE_INFINITY;
  const tapped = tap === undefined ? source : { ...source, bytes: tap(source.bytes), file: null };
  const heap = await loadHeap(tapped, {
    isWalked,
    stage: (words) => progress.stage(words),
    ...(size !== undefined && { size }),
    reading: (read) => {
      signal?.throwIfAborted();
      bytes = read;
      if (bytes > most) throw tooMuch(source.name, most);
      progress.reading(read);
    },
  });
  return { heap, bytes };
}

function tooMuch(name: string, most: number): ShowBackrefError {
  const what = `${JSON.stringify(name)} goes on after ${formatBytes(most)}, all the memory that was free`;
  const advice = 'free some, or save the heap as a plain file first and name that';
  return new ShowBackrefError('OUT_OF_MEMORY', `${what}; ${advice}`);
}
