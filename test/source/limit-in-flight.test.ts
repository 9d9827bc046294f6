import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { limitInFlight } from '../../src/source/inspector/limit-in-flight.js';

/** Answers only when told to. */
function createSender() {
  const sent: { readonly name: string; readonly answer: (result: string) => void }[] = [];
  const send = (name: string) =>
    new Promise<string>((answer) => {
      sent.push({ name, answer });
    });
  return { send, sent, names: () => sent.map(({ name }) => name) };
}

const ofBytes = (count: number) => ({ expression: 'x'.repeat(count) });

describe('pending commands', () => {
  test('go at once while they can be read at once', async () => {
    const sender = createSender();
    const send = limitInFlight(sender);
    for (let index = 0; index < 100; index++) void send(`c${index}`, {});
    expect(sender.sent).toHaveLength(100);
  });

  test('wait in their order until there is room, whether those before succeed or fail', async () => {
    const sender = createSender();
    const send = limitInFlight(sender);
    const answers = ['a', 'b', 'c', 'd'].map((name) => send(name, ofBytes(15_000)));
    const small = send('e', {});
    expect(sender.names()).toEqual(['a', 'b']);
    sender.sent[1]?.answer('of b');
    await turn();
    expect(sender.names()).toEqual(['a', 'b', 'c']);
    sender.sent[0]?.answer('of a');
    sender.sent[2]?.answer('of c');
    await turn();
    expect(sender.names()).toEqual(['a', 'b', 'c', 'd', 'e']);
    sender.sent[3]?.answer('of d');
    sender.sent[4]?.answer('of e');
    expect(await Promise.all([...answers, small])).toEqual([
      'of a',
      'of b',
      'of c',
      'of d',
      'of e',
    ]);
  });

  test('one that is larger than what can be read at once goes alone', async () => {
    const sender = createSender();
    const send = limitInFlight(sender);
    void send('before', {});
    void send('large', ofBytes(200_000));
    void send('after', {});
    expect(sender.names()).toEqual(['before']);
    sender.sent[0]?.answer('');
    await turn();
    expect(sender.names()).toEqual(['before', 'large']);
    sender.sent[1]?.answer('');
    await turn();
    expect(sender.names()).toEqual(['before', 'large', 'after']);
  });

  test('a failed one makes room, too', async () => {
    const failing = { send: () => Promise.reject(new Error('no')) };
    const send = limitInFlight(failing);
    const results = await Promise.allSettled([
      send('a', ofBytes(30_000)),
      send('b', ofBytes(30_000)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
