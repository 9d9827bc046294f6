import { inflateSync } from 'node:zlib';

/** A decoded picture: four bytes (RGBA) per pixel, row by row. */
export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Reads what resvg writes: 8 bits per channel, RGBA, not interlaced (PNG 3rd edition). */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const data = Buffer.from(bytes);
  if (!SIGNATURE.every((byte, index) => data[index] === byte)) throw new Error('not a PNG');
  const chunks = readChunks(data);
  const header = chunks[0]!;
  if (header.type !== 'IHDR') throw new Error('the first chunk is not IHDR');
  const [width, height] = [header.body.readUInt32BE(0), header.body.readUInt32BE(4)];
  if (header.body[8] !== 8 || header.body[9] !== 6 || header.body[12] !== 0) {
    throw new Error('not 8-bit RGBA without interlacing');
  }
  const parts = chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body);
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(parts)), width, height) };
}

/** The number of pixels that a test accepts. */
export function countPixels(
  { pixels }: DecodedPng,
  accept: (red: number, green: number, blue: number) => boolean,
): number {
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    if (accept(pixels[i]!, pixels[i + 1]!, pixels[i + 2]!)) count += 1;
  }
  return count;
}

function readChunks(data: Buffer) {
  const chunks: { type: string; body: Buffer }[] = [];
  for (let at = 8; at < data.length; ) {
    const length = data.readUInt32BE(at);
    const type = data.toString('latin1', at + 4, at + 8);
    chunks.push({ type, body: data.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Section 9.2: the first byte of each row says what was subtracted from it. */
function unfilter(raw: Buffer, width: number, height: number): Uint8Array {
  const stride = width * 4;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < 4 ? 0 : pixels[at - 4]!;
      const up = y === 0 ? 0 : pixels[at - stride]!;
      const upLeft = x < 4 || y === 0 ? 0 : pixels[at - stride - 4]!;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter]!;
      pixels[at] = raw[y * (stride + 1) + 1 + x]! + predicted;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [a, b, c] = [left, up, upLeft].map((value) => Math.abs(estimate - value));
  if (a! <= b! && a! <= c!) return left;
  return b! <= c! ? up : upLeft;
}
