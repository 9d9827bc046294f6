import { describe, expect, it } from 'vitest';
import { ReadAhead } from '../../src/snapshot/read-ahead.js';

const TEXT = 'abcdefghijklmnopqrstuvwxyz';

/** A file in memory that records where it was read. */
function reader({ failsAt = Number.POSITIVE_INFINITY, bytes = 4 } = {}) {
  const positions: number[] = [];
  const read = async (into: Uint8Array, position: number) => {
    positions.push(position);
    await new Promise((resolve) => setImmediate(resolve));
    if (position >= failsAt) throw new Error(`no byte ${position}`);
    const text = Buffer.from(TEXT.slice(position, position + into.length));
    into.set(text);
    return text.length;
  };
  const areas = [new Uint8Array(bytes), new Uint8Array(bytes)] as const;
  return { ahead: new ReadAhead({ read }, areas), positions };
}

const textOf = (chunk: Uint8Array) => Buffer.from(chunk).toString();

describe('reading ahead', () => {
  it('gives the whole file, piece by piece, each read once', async () => {
    const { ahead, positions } = reader();
    let text = '';
    for (let chunk = await ahead.read(0, 4); chunk.length > 0; ) {
      text += textOf(chunk);
      chunk = await ahead.read(text.length, 4);
    }
    expect(text).toBe(TEXT);
    expect(positions).toEqual([0, 4, 8, 12, 16, 20, 24, 26]);
  });

  it('leaves a piece alone while the next one is read', async () => {
    const { ahead } = reader();
    const chunk = await ahead.read(0, 4);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(textOf(chunk)).toBe('abcd');
  });

  it('gives no more than was asked for, and goes on there', async () => {
    const { ahead } = reader();
    expect(textOf(await ahead.read(0, 3))).toBe('abc');
    expect(textOf(await ahead.read(3, 4))).toBe('defg');
  });

  it('may be asked for any other place', async () => {
    const { ahead } = reader();
    const texts = [];
    for (const position of [0, 20, 24, 2, 26]) texts.push(textOf(await ahead.read(position, 4)));
    expect(texts).toEqual(['abcd', 'uvwx', 'yz', 'cdef', '']);
  });

  it('reports a failure only to the reader of those bytes', async () => {
    const { ahead } = reader({ failsAt: 4 });
    expect(textOf(await ahead.read(0, 4))).toBe('abcd');
    expect(textOf(await ahead.read(1, 3))).toBe('bcd');
    await expect(ahead.read(4, 4)).rejects.toThrow('no byte 4');
  });
});
