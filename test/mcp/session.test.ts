import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { RpcSession } from '../../src/mcp/protocol/session.js';

interface Reply {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Sends lines to a session that answers with the method's name, and reads its replies. */
async function talk(lines: readonly string[]): Promise<readonly Reply[]> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const session = new RpcSession(output, async ({ method }, { signal }) => {
    if (method === 'fail') throw new Error('it failed');
    if (method === 'wait')
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return { method };
  });
  const ended = session.run(input, new AbortController().signal);
  for (const line of lines) input.write(`${line}\n`);
  await new Promise((resolve) => setImmediate(resolve));
  input.end();
  await ended;
  const text = String(output.read() ?? '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const request = (id: unknown, method: string, params = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params });

describe('a session', () => {
  test('answers requests, and no notifications and no answers', async () => {
    const replies = await talk([
      request(1, 'a'),
      request('x', 'b'),
      JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
      JSON.stringify({ jsonrpc: '2.0', id: 7, result: {} }),
      '',
    ]);
    expect(replies.map(({ id, result }) => [id, result])).toEqual([
      [1, { method: 'a' }],
      ['x', { method: 'b' }],
    ]);
  });

  test.each([
    ['no JSON', 'hello', -32700],
    ['a list', '[1]', -32600],
    ['no method', '{"jsonrpc":"2.0","id":3}', -32600],
    ['a line that is too long', `"${'x'.repeat(1_100_000)}"`, -32600],
  ])('refuses %s, and goes on', async (_, line, code) => {
    const replies = await talk([line, request(2, 'a')]);
    expect(replies.map(({ error }) => error?.code)).toEqual([code, undefined]);
  });

  test('a request that fails is an error, and one that is taken back has no answer', async () => {
    const cancel = {
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 2 },
    };
    const replies = await talk([
      request(1, 'fail'),
      request(2, 'wait'),
      JSON.stringify(cancel),
      request(3, 'a'),
    ]);
    expect(replies.map(({ id }) => id).sort()).toEqual([1, 3]);
    expect(replies.find(({ id }) => id === 1)?.error?.message).toBe('it failed');
  });

  test('ends with its input, whatever is under way', async () => {
    expect(await talk([request(1, 'wait')])).toEqual([]);
  });
});
