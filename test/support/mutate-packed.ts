import zlib, { gzipSync } from 'node:zlib';
import type { Dice } from './mutate-snapshot.js';

type ZstdCompress = (bytes: Uint8Array, options: object) => Buffer;

const { zstdCompressSync, constants } = zlib as typeof zlib & {
  readonly zstdCompressSync?: ZstdCompress;
  readonly constants: { readonly ZSTD_c_checksumFlag?: number };
};

/** The length of a gzip header that has no name and nothing else optional. */
const HEADER_BYTES = 10;
/** Checksum and length at its end, four bytes each. Source: RFC 1952. */
const TRAILER_BYTES = 8;
const LENGTH_BYTES = 4;

interface PackedMutation {
  readonly name: string;
  /** The packed bytes mean the same: they must be read. */
  readonly isSound?: true;
  readonly apply: (bytes: Buffer, dice: Dice) => Buffer;
}

export interface PackedCase {
  readonly bytes: Buffer;
  readonly what: string;
  readonly isSound: boolean;
}

function withByte(bytes: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = value;
  return changed;
}

function flippedAt(bytes: Buffer, at: number, { below }: Dice): Buffer {
  return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << below(8)));
}

/** Faults that can happen to any packed file. */
const DAMAGES: readonly PackedMutation[] = [
  { name: 'cut', apply: (bytes, { below }) => bytes.subarray(0, 4 + below(bytes.length - 4)) },
  {
    name: 'a flipped bit',
    apply: (bytes, dice) => flippedAt(bytes, dice.below(bytes.length), dice),
  },
  {
    name: 'another byte',
    apply: (bytes, { below }) => withByte(bytes, below(bytes.length), below(256)),
  },
  {
    name: 'bytes less',
    apply: (bytes, { below, pick }) => {
      const at = 4 + below(bytes.length - 4);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + pick([1, 2, 9, 100]))]);
    },
  },
  {
    name: 'bytes more',
    apply: (bytes, { below }) => {
      const at = 4 + below(bytes.length - 4);
      const more = Buffer.from(Array.from({ length: 1 + below(9) }, () => below(256)));
      return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
    },
  },
  { name: 'all of it twice', apply: (bytes) => Buffer.concat([bytes, bytes]) },
];

const GZIP_ONLY: readonly PackedMutation[] = [
  {
    name: 'a wrong checksum',
    apply: (bytes, dice) => flippedAt(bytes, bytes.length - 1 - LENGTH_BYTES - dice.below(4), dice),
  },
  {
    name: 'a wrong length',
    apply: (bytes, dice) => flippedAt(bytes, bytes.length - 1 - dice.below(LENGTH_BYTES), dice),
  },
  { name: 'no trailer', apply: (bytes) => bytes.subarray(0, -TRAILER_BYTES) },
  {
    name: 'zeros after the end',
    isSound: true,
    apply: (bytes, { pick }) => Buffer.concat([bytes, Buffer.alloc(pick([1, 7, 512]))]),
  },
  {
    name: 'an empty member more',
    isSound: true,
    apply: (bytes, { pick }) => {
      const empty = gzipSync('');
      return Buffer.concat(pick([true, false]) ? [bytes, empty] : [empty, bytes]);
    },
  },
  {
    name: 'a member with a name',
    isSound: true,
    apply: (bytes) => {
      const head = withByte(bytes.subarray(0, HEADER_BYTES), 3, 0x08);
      return Buffer.concat([head, Buffer.from('a "b"\n.json\0'), bytes.subarray(HEADER_BYTES)]);
    },
  },
  {
    name: 'half a member after the end',
    apply: (bytes, { below }) =>
      Buffer.concat([bytes, bytes.subarray(0, HEADER_BYTES + below(bytes.length - HEADER_BYTES))]),
  },
  {
    name: 'a member that only begins like one',
    apply: (bytes, { below }) =>
      Buffer.concat([bytes, Buffer.from([0x1f, 0x8b, below(256), below(256)])]),
  },
  {
    name: 'another method',
    apply: (bytes, { below }) => withByte(bytes, 2, 9 + below(240)),
  },
];

/** One file packed in one of the possible ways, intact or with one fault. */
export function mutatePacked(plain: Uint8Array, dice: Dice): PackedCase {
  const isZstd = dice.below(4) === 0 && zstdCompressSync !== undefined;
  const packed = isZstd ? packZstd(plain) : packGzip(plain, dice);
  const choices = isZstd ? DAMAGES : [...DAMAGES, ...GZIP_ONLY];
  const chosen = dice.below(10) === 0 ? null : dice.pick(choices);
  const name = isZstd ? 'zstd' : 'gzip';
  if (chosen === null) return { bytes: packed, what: name, isSound: true };
  return {
    bytes: chosen.apply(packed, dice),
    what: `${name}, ${chosen.name}`,
    isSound: chosen.isSound === true,
  };
}

/** Packs in one member or, like pigz and concatenated logs, in several. */
function packGzip(plain: Uint8Array, { below, pick }: Dice): Buffer {
  const level = pick([0, 1, 6, 9]);
  const cuts = Array.from({ length: pick([0, 0, 1, 3]) }, () => below(plain.length));
  const ends = [...cuts.sort((a, b) => a - b), plain.length];
  return Buffer.concat(
    ends.map((end, i) => gzipSync(plain.subarray(ends[i - 1] ?? 0, end), { level })),
  );
}

/** Packs without a checksum: a flipped bit then gives another equally valid text. */
function packZstd(plain: Uint8Array): Buffer {
  const params = { [constants.ZSTD_c_checksumFlag ?? 0]: 1 };
  return zstdCompressSync?.(plain, { params }) ?? Buffer.alloc(0);
}
