import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { MessageReader, RelayKind, writeMessage } from '../../../src/source/relay/relay-message.js';

const MESSAGES = [
  [RelayKind.watch, '{"pid":1}'],
  [RelayKind.leave, ''],
  [RelayKind.frame, `{"id":1,"result":"${'é'.repeat(70_000)}"}`],
  [RelayKind.frame, 'F'],
  [RelayKind.closed, ''],
] as const;

function written(): Buffer {
  const stream = new PassThrough({ highWaterMark: 1 << 20 });
  for (const [kind, text] of MESSAGES) writeMessage(stream, kind, text);
  return stream.read() as Buffer;
}

// in one piece, byte for byte, and as pipes deliver them
test.each([1 << 20, 1, 7, 65_536])('messages in pieces of %i bytes', (size) => {
  const bytes = written();
  const read: [string, string][] = [];
  const reader = new MessageReader((kind, payload) => read.push([kind, payload.toString()]));
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  expect(read).toEqual(MESSAGES.map(([kind, text]) => [kind, text]));
});

test('half a message, whose writer was killed, is not a message', () => {
  const bytes = written();
  let count = 0;
  const reader = new MessageReader(() => count++);
  reader.push(bytes.subarray(0, 9));
  expect(count).toBe(0);
});
