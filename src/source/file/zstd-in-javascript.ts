import { Decompress } from 'fzstd';
import xxhash, { type XXHash, type XXHashAPI } from 'xxhash-wasm';
import { HARMLESS_BYTES, isBomb, MOST_TIMES } from './bombs.js';
import type { PackedName } from './packed-name.js';
import { type ZstdUnit, ZstdUnits } from './zstd-units.js';

/** So much at a time: a piece may unpack to many times its size. */
const PIECE_BYTES = 1 << 14;
/** The largest that zstd itself reads without being asked to; all of it is kept in memory. */
const MOST_WINDOW_BYTES = 128 << 20;

/** Data that ends in the middle, or that is damaged. */
export class ZstdError extends Error {
  readonly isTruncated: boolean;

  constructor({ isTruncated, cause }: { isTruncated: boolean; cause?: unknown }) {
    super('zstd', { cause });
    this.isTruncated = isTruncated;
  }
}

/**
 * Unpacks zstd, of several frames too, where Node.js cannot.
 *
 * @throws ZstdError; ShowBackrefError for what unpacks to far more than a heap does.
 */
export async function* decodeZstd(
  packed: AsyncIterable<Uint8Array>,
  name: PackedName,
): AsyncGenerator<Uint8Array> {
  const unpacking = new Unpacking(name, await xxhash());
  const units = new ZstdUnits();
  for await (const chunk of packed) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield* unpacking.push(units, chunk.subarray(at, at + PIECE_BYTES));
    }
  }
  if (!units.isComplete) throw new ZstdError({ isTruncated: true });
}

/** The decoder gets one whole block after the other: it loses some of what comes in other pieces. */
class Unpacking {
  readonly #name: PackedName;
  readonly #hasher: XXHashAPI;
  #decoder = new Decompress();
  #hash: XXHash<bigint>;
  #pieces: Uint8Array[] = [];
  #packed = 0;
  #unpacked = 0;

  constructor(name: PackedName, hasher: XXHashAPI) {
    this.#name = name;
    this.#hasher = hasher;
    this.#hash = hasher.create64();
  }

  *push(units: ZstdUnits, piece: Uint8Array): Generator<Uint8Array> {
    this.#packed += piece.length;
    const all = units.take(piece);
    for (;;) {
      const { done, value } = damaged(() => all.next());
      if (done) return;
      damaged(() => this.#decode(value));
      // at once: a few bytes can stand for any number
      if (this.#unpacked > Math.max(HARMLESS_BYTES, MOST_TIMES * this.#packed)) {
        throw isBomb(this.#name);
      }
      yield* this.#pieces;
      this.#pieces = [];
    }
  }

  #decode(unit: ZstdUnit): void {
    switch (unit.kind) {
      case 'header':
        if (unit.windowBytes > MOST_WINDOW_BYTES) throw new RangeError('too large a window');
        this.#hash = this.#hasher.create64();
        this.#decoder = new Decompress((piece) => this.#take(piece));
        this.#decoder.push(unit.bytes);
        break;
      case 'block':
        this.#decoder.push(unit.bytes);
        break;
      case 'end':
        if (unit.checksum === null) break;
        if (Number(this.#hash.digest() & 0xffffffffn) !== unit.checksum) {
          throw new RangeError('a wrong checksum');
        }
    }
  }

  #take(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#hash.update(piece);
    this.#unpacked += piece.length;
    this.#pieces.push(piece);
  }
}

function damaged<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new ZstdError({ isTruncated: false, cause });
  }
}
