import zlib from 'node:zlib';
import { ShowBackrefError } from '../../errors.js';
import { HARMLESS_BYTES, isBomb, MOST_TIMES } from './bombs.js';
import { heapText } from './heap-text.js';
import type { PackedName } from './packed-name.js';
import { readHead, replay } from './stream-head.js';

/** Large output pieces: fewer turns of the event loop per megabyte. */
const OUTPUT_CHUNK_BYTES = 1 << 20;
const LONGEST_SIGNATURE = 4;
/**
 * The limit of nested compression, which happens if a server compresses what is compressed already.
 */
const MOST_LAYERS = 3;

type ByteChunks = AsyncIterable<Uint8Array>;
type Decoder = zlib.Gunzip;
type Compression = 'gzip' | 'zstd' | 'brotli';
type Packing = 'plain' | 'zip' | Compression;

/**
 * The text of the heap in `chunks`: gzip (also of several members) and zstd are recognised by their
 * first bytes, brotli, which has no signature, by the name; `heapText` judges everything else. A
 * chunk is only valid until the next one.
 *
 * @param layers how often it was unpacked before.
 * @throws ShowBackrefError SNAPSHOT_INVALID for a zip archive of several files, for damaged data and what is known to be no heap; SNAPSHOT_TRUNCATED when the packed data ends early.
 */
export async function* unpack(
  chunks: ByteChunks,
  name: PackedName,
  layers = 0,
): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    const head = await readHead(source, LONGEST_SIGNATURE);
    const all = replay(head, source);
    const packing = layers < MOST_LAYERS ? packingOf(head, name, layers) : 'plain';
    if (packing === 'plain') yield* heapText(all, name);
    else if (packing === 'zip') yield* unpack(await pipedZip(all, name), name, layers + 1);
    else yield* unpack(decode(all, packing, name), name, layers + 1);
  } finally {
    await source.return?.();
  }
}

/** True for the first bytes of a zip archive. */
export function isZip(head: Uint8Array): boolean {
  return recognize(head) === 'zip';
}

function packingOf(head: Uint8Array, { shellArgument }: PackedName, layers: number): Packing {
  const packing = recognize(head);
  const isNamedSo = layers === 0 && /\.br"$/i.test(shellArgument);
  return packing === 'plain' && isNamedSo && !/^[\s{]/.test(String.fromCharCode(head[0] ?? 0x7b))
    ? 'brotli'
    : packing;
}

function recognize(head: Uint8Array): Packing {
  const [a = 0, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  // A frame to be skipped: how the output of pzstd starts.
  if ((a & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd';
  // a file in it, or the end of an empty one
  const isZipMark = (c === 0x03 && d === 0x04) || (c === 0x05 && d === 0x06);
  if (a === 0x50 && b === 0x4b && isZipMark) return 'zip';
  return 'plain';
}

/** Loaded when needed: few heaps are in archives. */
async function pipedZip(chunks: ByteChunks, name: PackedName): Promise<ByteChunks> {
  return (await import('./zip-member.js')).pipedZipMember(chunks, name);
}

/** Null for zstd where this Node.js has none. */
function createDecoder(packing: Compression): Decoder | null {
  if (packing === 'gzip') return zlib.createGunzip({ chunkSize: OUTPUT_CHUNK_BYTES });
  if (packing === 'brotli') return zlib.createBrotliDecompress({ chunkSize: OUTPUT_CHUNK_BYTES });
  return createZstdDecoder();
}

/** Null if this Node has no zstd: it came with Node 22.15 and 23.8, so the types lack it, too. */
function createZstdDecoder(): Decoder | null {
  const { createZstdDecompress } = zlib as typeof zlib & {
    createZstdDecompress?: (options: { chunkSize: number }) => Decoder;
  };
  return createZstdDecompress?.({ chunkSize: OUTPUT_CHUNK_BYTES }) ?? null;
}

async function* decode(
  packed: ByteChunks,
  packing: Compression,
  name: PackedName,
): AsyncGenerator<Uint8Array> {
  const decoder = createDecoder(packing);
  if (decoder === null) return yield* decodeInJavaScript(packed, name);
  // Some errors come after the end, when the loop below no longer listens.
  decoder.on('error', () => undefined);
  const feeding = feed(packed, decoder);
  try {
    let size = 0;
    for await (const chunk of decoder) {
      size += chunk.length;
      if (size > Math.max(HARMLESS_BYTES, MOST_TIMES * decoder.bytesWritten)) throw isBomb(name);
      yield chunk;
    }
    decoder.destroy();
    // Node 22 and 24 stop after the first zstd frame; what follows gzip data is padding.
    if (packing === 'zstd' && (await feeding) > decoder.bytesWritten) throw severalFrames(name);
  } catch (error) {
    throw decodeFailure(error, name);
  } finally {
    decoder.destroy();
    await feeding;
  }
}

async function* decodeInJavaScript(
  packed: ByteChunks,
  name: PackedName,
): AsyncGenerator<Uint8Array> {
  const { decodeZstd, ZstdError } = await import('./zstd-in-javascript.js');
  try {
    yield* decodeZstd(packed, name);
  } catch (error) {
    if (!(error instanceof ZstdError)) throw error;
    throw error.isTruncated ? endsEarly(name, error) : isDamaged(name, error);
  }
}

/**
 * Resolves to the number of compressed bytes, infinite if the decoder did not want all of them.
 * Never rejects: any failure ends `decoder`, whose reader then receives it.
 */
async function feed(packed: ByteChunks, decoder: Decoder): Promise<number> {
  const closed = new Promise<void>((resolve) => decoder.once('close', resolve));
  let fed = 0;
  try {
    for await (const chunk of packed) {
      fed += chunk.length;
      // Until the decoder has used up the chunk: the source may reuse its memory for the next one.
      await Promise.race([write(decoder, chunk), closed]);
      if (decoder.destroyed) return Number.POSITIVE_INFINITY;
    }
    decoder.end();
    return fed;
  } catch (error) {
    decoder.destroy(error instanceof Error ? error : new Error(String(error)));
    return Number.POSITIVE_INFINITY;
  }
}

function write(decoder: Decoder, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    decoder.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function decodeFailure(error: unknown, name: PackedName): unknown {
  if (error instanceof ShowBackrefError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined || !/^Z_|^ZSTD|^ERR_ZLIB|^ERR_ZSTD|^ERR_BROTLI|^ERR__ERROR/.test(code))
    return error;
  return code === 'Z_BUF_ERROR' ? endsEarly(name, error) : isDamaged(name, error);
}

function endsEarly({ quoted }: PackedName, cause: unknown): ShowBackrefError {
  const message = `${quoted} ends in the middle of its compressed data: copy or download it again`;
  return new ShowBackrefError('SNAPSHOT_TRUNCATED', message, { cause });
}

function isDamaged({ quoted }: PackedName, cause: unknown): ShowBackrefError {
  const message = `${quoted} has damaged compressed data: copy or download it again`;
  return new ShowBackrefError('SNAPSHOT_INVALID', message, { cause });
}

function severalFrames(name: PackedName): ShowBackrefError {
  const reason = `has several zstd frames, of which Node.js ${process.version} reads only the first`;
  return new ShowBackrefError('SNAPSHOT_INVALID', `${name.quoted} ${reason}: ${zstdCommand(name)}`);
}

function zstdCommand({ shellArgument }: PackedName): string {
  return `use zstd -dc ${shellArgument || 'FILE.zst'} | showbackref -`;
}
