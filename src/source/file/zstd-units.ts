/*
 * How zstd data is laid out (RFC 8878, 3.1): frames, each with a header, blocks and perhaps a checksum.
 */

/** A piece that can be decoded by itself. */
export type ZstdUnit =
  | { readonly kind: 'header'; readonly bytes: Uint8Array; readonly windowBytes: number }
  /** With its own header of three bytes. */
  | { readonly kind: 'block'; readonly bytes: Uint8Array }
  /** `checksum`: the lower half of the xxHash of the frame's data; null where it has none. */
  | { readonly kind: 'end'; readonly checksum: number | null };

const MAGIC = 0xfd2fb528;
/** Frames with data for other programs: sixteen numbers from here on. */
const SKIPPABLE = 0x184d2a50;
const LONGEST_HEADER = 18;
/** Types of blocks. */
const RLE = 1;
const RESERVED = 3;
const MOST_BLOCK_BYTES = 128 << 10;

/** Takes packed data in pieces of any length, and gives what is whole. */
export class ZstdUnits {
  #rest: Uint8Array = new Uint8Array(0);
  #toSkip = 0;
  #isInFrame = false;
  #isLastBlock = false;
  #hasChecksum = false;

  /** True where nothing is missing. */
  get isComplete(): boolean {
    return !this.#isInFrame && this.#rest.length === 0 && this.#toSkip === 0;
  }

  /** @throws RangeError for anything else than zstd data. */
  *take(piece: Uint8Array): Generator<ZstdUnit> {
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    for (;;) {
      this.#skip();
      const unit = this.#isInFrame ? this.#nextInFrame() : this.#frameHeader();
      if (unit === null) break;
      if (unit !== 'skipped') yield unit;
    }
    // the memory of the piece may be used again
    this.#rest = new Uint8Array(this.#rest);
  }

  #skip(): void {
    const skipped = Math.min(this.#toSkip, this.#rest.length);
    this.#toSkip -= skipped;
    this.#rest = this.#rest.subarray(skipped);
  }

  #frameHeader(): ZstdUnit | 'skipped' | null {
    const rest = this.#rest;
    if (this.#toSkip > 0 || rest.length < 8) return null;
    const view = viewOf(rest);
    const magic = view.getUint32(0, true);
    if ((magic & 0xfffffff0) === SKIPPABLE) {
      this.#toSkip = 8 + view.getUint32(4, true);
      return 'skipped';
    }
    if (magic !== MAGIC) throw new RangeError('no frame of zstd');
    const { length, windowBytes, hasChecksum } = readHeader(rest, view);
    if (length === null || rest.length < length) return null;
    this.#isInFrame = true;
    this.#isLastBlock = false;
    this.#hasChecksum = hasChecksum;
    return { kind: 'header', bytes: this.#cut(length), windowBytes };
  }

  #nextInFrame(): ZstdUnit | null {
    const rest = this.#rest;
    if (this.#isLastBlock) {
      if (rest.length < (this.#hasChecksum ? 4 : 0)) return null;
      const checksum = this.#hasChecksum ? viewOf(this.#cut(4)).getUint32(0, true) : null;
      this.#isInFrame = false;
      return { kind: 'end', checksum };
    }
    const [a, b, c] = rest;
    if (a === undefined || b === undefined || c === undefined) return null;
    const size = (a >> 3) | (b << 5) | (c << 13);
    const type = (a >> 1) & 3;
    if (type === RESERVED || size > MOST_BLOCK_BYTES) throw new RangeError('no block of zstd');
    const length = 3 + (type === RLE ? 1 : size);
    if (rest.length < length) return null;
    this.#isLastBlock = (a & 1) === 1;
    return { kind: 'block', bytes: this.#cut(length) };
  }

  #cut(length: number): Uint8Array {
    const bytes = new Uint8Array(this.#rest.subarray(0, length));
    this.#rest = this.#rest.subarray(length);
    return bytes;
  }
}

interface FrameHeader {
  /** Null where it cannot be known yet. */
  readonly length: number | null;
  readonly windowBytes: number;
  readonly hasChecksum: boolean;
}

function readHeader(rest: Uint8Array, view: DataView): FrameHeader {
  const flags = rest[4] ?? 0;
  const isSingle = (flags & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const sizeAt = 5 + (isSingle ? 0 : 1) + dictionaryBytes;
  const length = sizeAt + sizeBytes;
  const hasChecksum = (flags & 4) !== 0;
  if (rest.length < Math.min(length, LONGEST_HEADER)) {
    return { length: null, windowBytes: 0, hasChecksum };
  }
  const descriptor = rest[5] ?? 0;
  const base = 2 ** (10 + (descriptor >> 3));
  const windowBytes = isSingle
    ? contentSize(view, sizeAt, sizeBytes)
    : base + (base / 8) * (descriptor & 7);
  return { length, windowBytes, hasChecksum };
}

function contentSize(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  if (bytes === 4) return view.getUint32(at, true);
  return Number(view.getBigUint64(at, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
