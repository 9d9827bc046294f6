import { type FileHandle, open } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { ShowBackrefError } from '../../errors.js';
import type { OpenedSource, PlainFile } from '../opened-source.js';
import { isZip, unpack } from './compression.js';
import { beginsAsHeap } from './heap-text.js';
import { wakeOnAbort } from './interruptible-pipe.js';
import { mapsFileOf } from './maps-name.js';
import type { PackedName } from './packed-name.js';

/**
 * Measured: larger reads gain nothing if the next one is already in progress, and take memory
 * twice.
 */
const READ_BYTES = 1 << 20;
/** Enough bytes to distinguish the text of a heap from other content. */
const HEAD_BYTES = 64;

/**
 * Opens a saved heap: plain, gzip, zstd, brotli, or the only file of a zip archive; also with other
 * text around it. Pipes and `/dev/fd/N` work, too.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND if there is no such file or it is a folder,
 *   SOURCE_REFUSED if reading it is not permitted; `bytes` throws what `unpack` throws, and the reason of
 *   `signal`.
 */
export async function openFile(path: string, signal?: AbortSignal): Promise<OpenedSource> {
  const unwatch = wakeOnAbort(path, signal);
  const handle = await openForReading(path).catch((error) => {
    unwatch();
    throw error;
  });
  const head = await headOf(handle);
  const mapsFile = mapsFileOf(path);
  const quoted = JSON.stringify(path);
  const { name, skipped } = packedName(quoted, quoted);
  const isArchive = head !== null && isZip(head.bytes);
  const chunks = isArchive
    ? (await import('./zip-member.js')).zipMember(handle.fd, name)
    : readChunks(handle, path, signal);
  return {
    kind: 'snapshot',
    name: path,
    bytes: unpack(chunks, name),
    skipped,
    file: head !== null && beginsAsHeap(head.bytes) ? plainFile(handle, path, head.size) : null,
    live: null,
    ...(mapsFile !== null && { mapsFile }),
    async close() {
      unwatch();
      await handle.close();
    },
  };
}

/**
 * Opens standard input, given as `stream`; `close` destroys it, so that it no longer keeps the
 * process running.
 */
export function openStandardInput(stream: Readable, signal?: AbortSignal): OpenedSource {
  const { name, skipped } = packedName('standard input', '');
  if (signal !== undefined) addAbortSignal(signal, stream);
  return {
    kind: 'snapshot',
    name: name.quoted,
    bytes: unpack(streamChunks(stream), name),
    skipped,
    live: null,
    async close() {
      stream.destroy();
    },
  };
}

function packedName(quoted: string, shellArgument: string) {
  let bytes = 0;
  const onSkipped = (count: number) => {
    bytes = count;
  };
  const name: PackedName = { quoted, shellArgument, onSkipped };
  return { name, skipped: () => bytes };
}

async function openForReading(path: string): Promise<FileHandle> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    if ((await handle.stat()).isDirectory()) throw folderGiven(path);
    return handle;
  } catch (error) {
    await handle?.close();
    throw openFailure(path, error);
  }
}

/** The first bytes; null for a pipe and a device, of which every byte can be read only once. */
async function headOf(handle: FileHandle): Promise<{ bytes: Uint8Array; size: number } | null> {
  const stat = await handle.stat();
  if (!stat.isFile()) return null;
  const head = Buffer.alloc(HEAD_BYTES);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  return { bytes: head.subarray(0, bytesRead), size: stat.size };
}

function plainFile(handle: FileHandle, path: string, size: number): PlainFile {
  const read = (into: Uint8Array, position: number) => readInto(handle, into, path, position);
  return { fd: handle.fd, size, read };
}

/** Reads into one buffer for the whole file: each chunk overwrites the one before. */
async function* readChunks(
  handle: FileHandle,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  for (;;) {
    const bytes = await readInto(handle, buffer, path, null);
    signal?.throwIfAborted();
    if (bytes === 0) return;
    yield buffer.subarray(0, bytes);
  }
}

async function readInto(
  handle: FileHandle,
  buffer: Uint8Array,
  path: string,
  position: number | null,
): Promise<number> {
  try {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    return bytesRead;
  } catch (error) {
    throw readFailure(JSON.stringify(path), error);
  }
}

async function* streamChunks(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  } catch (error) {
    throw readFailure('standard input', error);
  }
}

function openFailure(path: string, error: unknown): ShowBackrefError {
  if (error instanceof ShowBackrefError) return error;
  const quoted = JSON.stringify(path);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const text = `there is no file ${quoted}: check the path`;
    return new ShowBackrefError('SOURCE_NOT_FOUND', text, { cause: error });
  }
  if (code === 'EISDIR') return folderGiven(path);
  if (code === 'EACCES' || code === 'EPERM') {
    const text = `no permission to read ${quoted}: run as its owner or change its mode`;
    return new ShowBackrefError('SOURCE_REFUSED', text, { cause: error });
  }
  return new ShowBackrefError('SOURCE_NOT_FOUND', `cannot open ${quoted}: ${message}`, {
    cause: error,
  });
}

function folderGiven(path: string): ShowBackrefError {
  const text = `${JSON.stringify(path)} is a folder: name a heap snapshot file in it`;
  return new ShowBackrefError('SOURCE_NOT_FOUND', text);
}

function readFailure(quoted: string, error: unknown): ShowBackrefError {
  const { message } = error as Error;
  const text = `cannot read ${quoted} to its end: ${message}`;
  return new ShowBackrefError('SOURCE_UNREACHABLE', text, { cause: error });
}
