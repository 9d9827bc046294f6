import type { HeapFacts } from '../engine/heap-facts.js';
import { ShowBackrefError } from '../errors.js';
import { type KnownEdges, readSnapshot, readSnapshotFile } from '../snapshot/read-snapshot.js';
import { openFile } from '../source/file/file-source.js';
import type { LiveRequest } from '../source/open-source.js';
import type { OpenedSource } from '../source/opened-source.js';
import { formatBytes } from '../util/format-bytes.js';
import { freeMemory } from '../util/free-memory.js';
import { type HeapSize, leastBytes, memoryNeed } from '../util/memory-need.js';
import { SecondThread } from '../util/second-thread.js';
import type { Sentence } from '../util/sentence.js';
import { option, say } from '../util/sentence.js';
import { LoadedHeap, type LocatedHeap } from './heap.js';
import { HeapIndexer } from './index-heap.js';
import { openMaps } from './maps/open-maps.js';
import type { Preparation } from './preparation.js';
import { PLAIN_WORK, type Work } from './work.js';

/** Sees the bytes of a heap on their way, to save them for example. */
export type Tap = (source: OpenedSource) => AsyncIterable<Uint8Array>;

/** The purpose for which a heap is read. */
export interface Purpose {
  /** The facts to compute while it is read. Default: `nothing`. */
  readonly prepare?: Preparation;
  /** Retained sizes will be needed: they take memory. Default: false. */
  readonly sizes?: boolean;
  /** Places and names are those of the sources, where a source map came with the heap. Default: true. */
  readonly isMapped?: boolean;
  readonly tap?: Tap | undefined;
}

/** A heap and the number of bytes of its snapshot. */
export interface ReadHeap {
  readonly heap: LocatedHeap;
  readonly bytes: number;
}

/** The user is warned if more memory than this will be needed, in bytes. */
const MUCH_MEMORY = 2e9;

/** Opens a file while some work runs. */
export async function withFile<T>(
  path: string,
  work: (source: OpenedSource) => Promise<T>,
): Promise<T> {
  const source = await openFile(path);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

/** The data that a live source needs about the work. */
export function toLiveRequest({ progress, signal }: Work): LiveRequest {
  const onNote = (sentence: Sentence) => progress.warn(sentence);
  const onTaken = (share: number) => progress.taking(share);
  return { expressions: [], onNote, findLine, onTaken, ...(signal && { signal }) };
}

const findLine: NonNullable<LiveRequest['findLine']> = async (script, wanted) => {
  // only worth its loading time where a line of such a script is waited for
  const maps = await import('../source-maps/find-line.js');
  return maps.findLine(script, wanted);
};

/**
 * Reads an opened source to its end; does not close it, not even on an error.
 *
 * @throws ShowBackrefError SNAPSHOT_*, and OUT_OF_MEMORY for a heap that would take more than the
 *   limit, or if more bytes come than the memory can hold.
 */
export async function readHeap(
  source: OpenedSource,
  work: Work,
  purpose: Purpose = {},
): Promise<ReadHeap> {
  const { tap } = purpose;
  const tapped = tap === undefined ? source : { ...source, bytes: tap(source), file: null };
  // a file has an end; what comes from elsewhere may have none
  const most = source.file == null ? freeMemory() : Number.POSITIVE_INFINITY;
  let bytes = 0;
  const reading = (read: number) => {
    bytes = read;
    if (bytes > most) throw tooMuch(source.name, most);
    work.progress.reading(read);
  };
  const facts = await readFacts(
    tapped,
    { ...work, progress: { ...spoken(work), reading } },
    purpose,
  );
  return { heap: new LoadedHeap(facts, source, (words) => work.progress.stage(words)), bytes };
}

/** Reads an opened source to its end. */
export async function readFacts(
  source: OpenedSource,
  work: Work = PLAIN_WORK,
  { prepare = 'walk', sizes = false, isMapped = true }: Purpose = {},
): Promise<HeapFacts> {
  const { progress, signal, threads } = work;
  progress.stage('Reading');
  const { name, file = null } = source;
  const isPrepared = prepare !== 'nothing';
  const threadFor = (bytes: number) => threads.take(bytes) ?? SecondThread.openFor(bytes);
  let second = file === null ? null : threadFor(file.size);
  const indexer = new HeapIndexer();
  const onEdges = (edges: KnownEdges) => {
    if (isPrepared && second !== null) indexer.turnAround(edges, second);
  };
  const checkMemory = memoryCheck(name, work, { retained: sizes });
  const onSize = (known: HeapSize) => {
    checkMemory(known);
    // a compressed file: its size says nothing, and it cannot be read from its end
    if (isPrepared && source.kind === 'snapshot') second ??= threadFor(leastBytes(known));
  };
  const onProgress = (bytes: number) => {
    signal?.throwIfAborted();
    progress.reading(bytes);
  };
  let rest = 0;
  const onRest = (bytes: number) => {
    rest = bytes;
  };
  const options = { name, onSize, onProgress, onRest };
  try {
    const tables =
      file === null
        ? await readSnapshot(source.bytes, options)
        : await readSnapshotFile(file, { ...options, second, onEdges });
    onEdges(tables);
    warnOfOtherText({ before: source.skipped?.() ?? 0, after: rest }, progress);
    progress.stage('Indexing');
    const facts = await indexer.finish(tables, { retained: prepare === 'dominators' });
    second?.retire();
    if (isMapped) facts.scripts.follow(await openMaps(source, facts.graph.counts));
    return facts;
  } catch (error) {
    await second?.close();
    throw error instanceof RangeError ? noRoom(name, error) : error;
  }
}

/**
 * Warns of a second heap in the input: a log may contain several, or be another file than the one that was meant.
 */
function warnOfOtherText(
  { before, after }: { readonly before: number; readonly after: number },
  progress: Work['progress'],
): void {
  const places = [
    ...(before > 0 ? [`${formatBytes(before)} before the heap`] : []),
    ...(after > 0 ? [`${formatBytes(after)} after it`] : []),
  ];
  if (places.length === 0) return;
  const where = before > 0 ? places.join(' and ') : `${formatBytes(after)} after the heap`;
  progress.warn(`Skipped text that is not part of a heap: ${where}.`);
}

/** The methods of a progress, also if that is an instance of a class. */
function spoken({ progress }: Work): Work['progress'] {
  return {
    taking: (share) => progress.taking(share),
    reading: (bytes) => progress.reading(bytes),
    stage: (words) => progress.stage(words),
    warn: (sentence) => progress.warn(sentence),
  };
}

/** Warns if the answer will need much memory, and refuses if it would need more than allowed. */
function memoryCheck(
  name: string,
  { limits, progress }: Work,
  { retained }: { readonly retained: boolean },
): (size: HeapSize) => void {
  let isSaid = false;
  return (size) => {
    const need = memoryNeed(size, { retained });
    if (limits.memory !== null && need > limits.memory) throw tooLarge(name, need, limits.memory);
    if (need < MUCH_MEMORY || isSaid) return;
    isSaid = true;
    progress.warn(`This heap takes about ${formatBytes(need)} of memory.`);
  };
}

function tooLarge(name: string, need: number, most: number): ShowBackrefError {
  return new ShowBackrefError(
    'OUT_OF_MEMORY',
    say`${JSON.stringify(name)} takes about ${formatBytes(need)} of memory, but ${option('maxMemory')} allows ${formatBytes(most)}; allow more or capture a smaller heap`,
  );
}

function tooMuch(name: string, most: number): ShowBackrefError {
  const what = `${JSON.stringify(name)} has more than ${formatBytes(most)}, which is all the memory that was free`;
  const advice = 'free some, or save the heap as a plain file first and name that';
  return new ShowBackrefError('OUT_OF_MEMORY', `${what}; ${advice}`);
}

/**
 * Reports a column that does not fit in memory. Columns are allocated whole, so it is known before
 * any is filled.
 */
function noRoom(name: string, cause: RangeError): ShowBackrefError {
  return new ShowBackrefError(
    'OUT_OF_MEMORY',
    `${JSON.stringify(name)} has more nodes and edges than there is memory for; use a machine with more or capture a smaller heap`,
    { cause },
  );
}
