import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { BannerFilter } from '../../src/source/script/banner-filter.js';

const ATTACHED = 'Debugger attached.\n';
const WAITING = 'Waiting for the debugger to disconnect...\n';

function filter(input: string, size: number): Promise<string> {
  const pieces: Buffer[] = [];
  const bytes = Buffer.from(input, 'utf8');
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return text(Readable.from(pieces, { objectMode: true }).pipe(new BannerFilter()));
}

describe.each([1, 3, 1000])('in pieces of %d bytes', (size) => {
  test.each([
    ['nothing but what Node.js says', '', ''],
    ['a line', 'a\n', ''],
    ['a last line without an end', 'a\n', 'b'],
    ['UTF-8', 'Grüße 🎉\n', 'ü'],
    ['Windows lines', 'a\r\nb\r\n', ''],
    ['lines that begin alike', 'Debugger\nDebugger attached. Not\nWait\n', 'Waiting for'],
    ['what ends alike', 'No Debugger attached.\n', 'Not Waiting for the debugger to disconnect...'],
  ])('keeps %s', async (_what, before, after) => {
    expect(await filter(ATTACHED + before + WAITING + after, size)).toBe(before + after);
  });

  test('takes out what Node.js says on Windows', async () => {
    const input = (ATTACHED + WAITING).replaceAll('\n', '\r\n');
    expect(await filter(`${input}a\r\n`, size)).toBe('a\r\n');
  });
});

test('does not hold back a question', async () => {
  const banners = new BannerFilter();
  banners.write('Do you want to go on? ');
  for await (const chunk of banners) {
    expect(String(chunk)).toBe('Do you want to go on? ');
    break;
  }
});
