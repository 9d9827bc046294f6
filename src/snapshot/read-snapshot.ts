import { ShowBackrefError } from '../errors.js';
import type { HeapSize } from '../util/memory-need.js';
import type { SecondThread } from '../util/second-thread.js';
import { checkTables } from './check-tables.js';
import { ReadAhead } from './read-ahead.js';
import { BLOCK_BYTES, HEAD_BYTES, SecondReader } from './second-reader.js';
import { SectionReader } from './section-reader.js';
import type { SnapshotTables } from './snapshot-tables.js';
import { TEXT_BYTES, TextKernel } from './text-kernel.js';
import { FormatError } from './value-reader.js';

export interface ReadOptions {
  /** The name of the input in errors. */
  readonly name: string;
  /** Called after each chunk with the number of bytes read so far. */
  readonly onProgress?: (bytes: number) => void;
  /**
   * Called with the known numbers about the heap's size, before memory is allocated for it: first
   * with the header's counts, then whenever there is more text. May throw to end the reading.
   */
  readonly onSize?: (size: HeapSize) => void;
  /** Called at the end with the number of bytes of other text after the heap, if there are any. */
  readonly onRest?: (bytes: number) => void;
}

/** A plain file: its bytes can be read anywhere, also by another thread. */
export interface RandomAccess {
  readonly fd: number;
  readonly size: number;
  /**
   * Fills `into` from a position. Returns the number of bytes read: fewer at the end of the file.
   */
  read(into: Uint8Array, position: number): Promise<number>;
}

const LONGEST_NAME = 40;

/** For a plain file only. */
export interface ReadFileOptions extends ReadOptions {
  /** Reads part of the edges. Is idle, or has ended, once the reading is done. */
  readonly second?: SecondThread | null;
  /**
   * Called when the second thread has done its part: all edges are known, nothing after them is.
   */
  readonly onEdges?: (edges: KnownEdges) => void;
}

export interface KnownEdges {
  readonly nodeCount: number;
  readonly edgeTargets: Uint32Array;
}

/**
 * Reads a V8 heap snapshot from chunks of bytes cut anywhere, without ever holding the whole text.
 *
 * @throws ShowBackrefError SNAPSHOT_INVALID or SNAPSHOT_TRUNCATED, naming section and byte.
 *   Source: V8 `HeapSnapshotJSONSerializer`; the checks are those that a damaged file fails first.
 */
export async function readSnapshot(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): Promise<SnapshotTables> {
  const input = new Input(null, TextKernel.open(), options);
  for await (const chunk of bytes) input.take(chunk);
  return input.finish();
}

/** The same for a plain file, which two threads can read. */
export async function readSnapshotFile(
  file: RandomAccess,
  options: ReadFileOptions,
): Promise<SnapshotTables> {
  const kernel = TextKernel.open();
  const input = new Input(file.size, kernel, options);
  const ahead = new ReadAhead(
    file,
    kernel?.areas ?? [new Uint8Array(TEXT_BYTES), new Uint8Array(TEXT_BYTES)],
  );
  const { second = null, onEdges } = options;
  const edges = second === null ? null : await readInTwo(file, ahead, input, second);
  if (edges !== null) onEdges?.(edges);
  await readOn(ahead, input, Number.POSITIVE_INFINITY);
  return input.finish();
}

/** Both threads read towards each other; meeting exactly proves that both read the same section. */
async function readInTwo(
  file: RandomAccess,
  ahead: ReadAhead,
  input: Input,
  thread: SecondThread,
): Promise<KnownEdges | null> {
  const second = new SecondReader(thread);
  await readOn(ahead, input, HEAD_BYTES);
  const { layout } = input.reader;
  const arrays = layout === null ? null : second.start(layout, file);
  if (layout === null || arrays === null) return null;
  if (!input.reader.shareEdges(arrays)) return stop(thread);
  while (second.takeBlock()) {
    if (!(await readBlock(ahead, input, BLOCK_BYTES))) return stop(thread);
  }
  const rest = await second.finish();
  if (rest === null || rest.start < input.offset) return null;
  await readOn(ahead, input, rest.start);
  if (!input.reader.adoptEdges(rest)) return null;
  input.skipTo(rest.end);
  return { nodeCount: layout.nodeCount, edgeTargets: arrays.targets };
}

/** Stops the second thread: its result is no longer of use, and must not be overwritten by it. */
async function stop(thread: SecondThread): Promise<null> {
  await thread.close();
  return null;
}

async function readOn(ahead: ReadAhead, input: Input, end: number): Promise<void> {
  while (input.offset < end) {
    if (!(await readBlock(ahead, input, Math.min(BLOCK_BYTES, end - input.offset)))) return;
  }
}

async function readBlock(ahead: ReadAhead, input: Input, length: number): Promise<boolean> {
  const chunk = await ahead.read(input.offset, length);
  input.take(chunk);
  return chunk.length > 0;
}

/** Feeds the sections, and adds name, section and byte to errors. */
class Input {
  readonly reader: SectionReader;
  readonly #options: ReadOptions;
  #offset = 0;

  constructor(size: number | null, kernel: TextKernel | null, options: ReadOptions) {
    this.reader = new SectionReader(size, kernel);
    this.#options = options;
  }

  get offset(): number {
    return this.#offset;
  }

  take(chunk: Uint8Array): void {
    try {
      this.reader.read(chunk, this.#offset);
    } catch (error) {
      throw invalid(this.#options.name, this.reader, this.#offset, error);
    }
    this.skipTo(this.#offset + chunk.length);
    this.#sayWhatIsKnown();
  }

  #sayWhatIsKnown(): void {
    const { layout, strings } = this.reader;
    if (layout === null) return;
    const { nodeCount, edgeCount } = layout;
    this.#options.onSize?.({ nodeCount, edgeCount, textBytes: strings?.size ?? 0 });
  }

  skipTo(offset: number): void {
    this.#offset = offset;
    this.#options.onProgress?.(offset);
  }

  finish(): SnapshotTables {
    const { name, onRest } = this.#options;
    if (!this.reader.finished) throw truncated(name, this.reader, this.#offset);
    if (this.reader.bytesAfter > 0) onRest?.(this.reader.bytesAfter);
    try {
      return checkTables(this.reader);
    } catch (error) {
      throw invalid(name, this.reader, this.#offset, error);
    }
  }
}

function invalid(name: string, reader: SectionReader, offset: number, error: unknown): Error {
  if (!(error instanceof FormatError)) return error as Error;
  const { position, message, advice } = error;
  const where = position === null ? '' : `${placeOf(reader)} at byte ${offset + position}: `;
  return new ShowBackrefError(
    'SNAPSHOT_INVALID',
    `"${name}" is not a valid heap snapshot: ${where}${message}; ${advice}`,
    { cause: error },
  );
}

function truncated(name: string, reader: SectionReader, offset: number): ShowBackrefError {
  if (offset === 0) {
    return new ShowBackrefError('SNAPSHOT_TRUNCATED', `"${name}" is empty; capture it again`);
  }
  const progress = reader.progress === null ? '' : ` (${reader.progress})`;
  return new ShowBackrefError(
    'SNAPSHOT_TRUNCATED',
    `"${name}" is truncated: it ends ${placeOf(reader)} at byte ${offset}${progress}; capture it again`,
  );
}

function placeOf({ section, lastSection }: SectionReader): string {
  if (section !== null) return `in section ${quoted(section)}`;
  return lastSection === null ? 'before the first section' : `after section ${quoted(lastSection)}`;
}

/**
 * The quoted name of a section: in a damaged file it may contain anything, and a message is one
 * line.
 */
function quoted(section: string): string {
  const short = section.length > LONGEST_NAME ? `${section.slice(0, LONGEST_NAME)}…` : section;
  return JSON.stringify(short);
}
