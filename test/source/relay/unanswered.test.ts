import { describe, expect, test } from 'vitest';
import { settlesWithin } from '../../../src/source/inspector/settles-within.js';
import { Unanswered } from '../../../src/source/relay/unanswered.js';

const command = (id: number, method: string, params: object = {}) =>
  JSON.stringify({ id, method, params });
const toWorker = (id: number, sessionId: string, message: string) =>
  command(id, 'NodeWorker.sendMessageToWorker', { sessionId, message });
const answer = (id: number) => Buffer.from(JSON.stringify({ id, result: {} }));
const event = (method: string, params: object) => Buffer.from(JSON.stringify({ method, params }));

const isDone = (unanswered: Unanswered) => settlesWithin(unanswered.none(), 0);

describe('unanswered commands', () => {
  test('nothing at first; then until the last answer, in whatever order they come', async () => {
    const unanswered = new Unanswered();
    expect(await isDone(unanswered)).toBe(true);
    unanswered.sent(command(1, 'Runtime.evaluate'));
    unanswered.sent(command(2, 'Runtime.evaluate'));
    const done = unanswered.none();
    unanswered.received(answer(2));
    expect(await settlesWithin(done, 0)).toBe(false);
    unanswered.received(event('HeapProfiler.addHeapSnapshotChunk', { chunk: '"id":1' }));
    expect(await settlesWithin(done, 0)).toBe(false);
    unanswered.received(answer(1));
    expect(await settlesWithin(done, 0)).toBe(true);
  });

  test('a command to a worker thread: until the thread has answered, or has gone', async () => {
    const unanswered = new Unanswered();
    const received = (sessionId: string, message: object) =>
      unanswered.received(
        event('NodeWorker.receivedMessageFromWorker', {
          ...{ sessionId, message: JSON.stringify(message) },
        }),
      );
    unanswered.sent(toWorker(1, '7', command(1, 'HeapProfiler.stopTrackingHeapObjects')));
    unanswered.received(answer(1));
    expect(await isDone(unanswered)).toBe(false);
    received('8', { id: 1, result: {} });
    received('7', { method: 'HeapProfiler.addHeapSnapshotChunk', params: { chunk: '' } });
    expect(await isDone(unanswered)).toBe(false);
    received('7', { id: 1, result: {} });
    expect(await isDone(unanswered)).toBe(true);

    unanswered.sent(toWorker(2, '7', command(2, 'Runtime.evaluate')));
    unanswered.received(answer(2));
    expect(await isDone(unanswered)).toBe(false);
    unanswered.received(event('NodeWorker.detachedFromWorker', { sessionId: '7' }));
    expect(await isDone(unanswered)).toBe(true);
  });

  test('none of a program that only waits for us to disconnect', async () => {
    const unanswered = new Unanswered();
    unanswered.sent(command(1, 'Runtime.evaluate'));
    unanswered.received(event('NodeRuntime.waitingForDisconnect', {}));
    expect(await isDone(unanswered)).toBe(true);
    expect(unanswered.isEnding).toBe(true);
  });

  test('the workers whose heap is tracked', () => {
    const unanswered = new Unanswered();
    unanswered.sent(command(1, 'HeapProfiler.startTrackingHeapObjects'));
    unanswered.sent(toWorker(2, '7', command(1, 'HeapProfiler.startTrackingHeapObjects')));
    expect([...unanswered.tracked]).toEqual(['', '7']);
    unanswered.sent(command(3, 'HeapProfiler.stopTrackingHeapObjects'));
    expect([...unanswered.tracked]).toEqual(['7']);
  });

  test('text that is not a command counts for nothing', async () => {
    const unanswered = new Unanswered();
    for (const text of ['', 'null', '{', '[1]', '{"method":"x"}']) unanswered.sent(text);
    unanswered.received(Buffer.alloc(0));
    unanswered.received(Buffer.from([0xff, 0xfe]));
    expect(await isDone(unanswered)).toBe(true);
  });
});
