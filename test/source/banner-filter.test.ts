import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { BannerFilter } from '../../src/source/banner-filter.js';

const URL = 'ws://127.0.0.1:40001/0b2c';
const HELP = 'For help, see: https://nodejs.org/en/docs/inspector\n';
const OPENED = `Debugger listening on ${URL}\n${HELP}Debugger attached.\n`;
const CLOSED = `Waiting for the debugger to disconnect...\nDebugger ending on ${URL}\n${HELP}`;

function filter(input: string, size = input.length || 1): Promise<string> {
  const pieces: Buffer[] = [];
  const bytes = Buffer.from(input, 'utf8');
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return text(Readable.from(pieces, { objectMode: true }).pipe(new BannerFilter()));
}

describe.each([1, 3, 1000])('in pieces of %d bytes', (size) => {
  test.each([
    ['nothing but what Node.js says', '', ''],
    ['a line', 'a\n', ''],
    ['a last line without an end', 'a\nb', ''],
    ['UTF-8', 'Grüße 🎉\n', 'ü'],
    ['Windows lines', 'a\r\nb\r\n', ''],
    ['lines that begin alike', 'Debugger\nDebugger attached. Not\nFor help\nD', 'Waiting for'],
    ['another inspector', 'Debugger listening on ws://127.0.0.1:9229/1\n', ''],
    ['help of its own', HELP, 'Debugger'],
  ])('keeps %s', async (_what, before, after) => {
    const between = before.endsWith('\n') || before === '' ? '' : '\n';
    const output = await filter(`${OPENED}${before}${between}${CLOSED}${after}`, size);
    expect(output).toBe(`${before}${between}${after}`);
  });
});
