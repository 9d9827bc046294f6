import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { countResult } from '../support/count-result.js';
import { type FakeCommand, fakeInspector } from '../support/fake-inspector.js';
import { type BinResult, runBin } from '../support/run-bin.js';

/*
 * A server at an address may be anything, and send anything: none of it may control the terminal,
 * flood it, or end the tool with a stack trace. The tool runs as its users run it, in a separate
 * process.
 */

const sums = { attacks: 0 };
afterAll(() => countResult('hostile inspectors', sums));

/** Clears the screen, sets the window's title, asks for the clipboard, goes back in the line. */
const DRIVING =
  '\u001b[2J\u001b]0;owned\u0007\u001b]52;c;?\u0007\r\u0008\u009b31m\u202eevil\u2066\n';
const LONG = `${DRIVING}${'long '.repeat(200_000)}`;

const HARMFUL = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Checks for nothing but printable text and line breaks, and not much of it. */
function expectHarmless({ stdout, stderr }: BinResult): void {
  sums.attacks++;
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(HARMFUL);
    expect(text.length).toBeLessThan(20_000);
  }
  expect(stderr).not.toMatch(/^\s+at /m);
}

/** Checks for one sentence, and the lines that belong to it. */
function expectSentence(result: BinResult): void {
  expectHarmless(result);
  expect([result.code, result.stdout], result.stderr).toEqual([1, '']);
  expect(result.stderr).toMatch(/^showbackref: /);
  expect(result.stderr.match(/^showbackref: /gm)).toHaveLength(1);
}

const ask = (source: string, ...more: string[]) =>
  runBin([source, '--target', 'x', '--format', 'json', '--timeout', '2s', ...more]);

/** A server that answers with bytes, whatever it is asked. */
async function serve(answer: (request: string, socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => answer(bytes.toString(), socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function http(body: string, status = '200 OK', headers = ''): string {
  return `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const VERSION = http(JSON.stringify({ Browser: 'node.js/v24.0.0' }));
const page = (more: object) => ({
  ...{ id: 'a', type: 'node', title: 'a', url: 'file:///a.js' },
  ...{ webSocketDebuggerUrl: 'ws://127.0.0.1:1/a', ...more },
});

describe('answers over HTTP', () => {
  test.each([
    ['bytes that are not HTTP', `${DRIVING}\r\n\r\n`],
    ['a status that drives the terminal', http('{}', `200 ${DRIVING.replace('\n', '')}`)],
    ['a header that does', http('{}', '200 OK', `X-A: ${DRIVING.replace('\n', '')}\r\n`)],
    ['an error page', http(LONG, '500 Oh')],
    ['text that is not JSON', http(DRIVING)],
    ['JSON that is not an object', http(JSON.stringify(DRIVING))],
    ['a version that is not a text', http(JSON.stringify({ Browser: [DRIVING] }))],
    ['JSON nested deep', http('['.repeat(100_000))],
    ['a header without end', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['a length that lies', 'HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n{}'],
    ['chunks that lie', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${DRIVING}\r\n{}`],
    ['a redirection', http('', '302 Found', 'Location: file:///etc/passwd\r\n')],
  ])('%s', async (_, bytes) => {
    expectSentence(await ask(await serve((_request, socket) => socket.end(bytes))));
  });

  test.each([
    ['no JSON', DRIVING],
    ['JSON that is not a list', JSON.stringify({ a: DRIVING })],
    ['a list of nonsense', JSON.stringify([DRIVING, 7, null, [], {}])],
    ['pages without an address', JSON.stringify([{ ...page({}), webSocketDebuggerUrl: DRIVING }])],
    ['titles that drive the terminal', JSON.stringify([1, 2].map(() => page({ title: DRIVING })))],
    ['addresses that do', JSON.stringify([1, 2].map(() => page({ url: DRIVING })))],
    ['types that do', JSON.stringify([1, 2].map(() => page({ type: DRIVING })))],
    ['long titles', JSON.stringify([1, 2].map((id) => page({ id: `${id}`, title: LONG })))],
    [
      'ten thousand pages',
      JSON.stringify(Array.from({ length: 10_000 }, () => page({ title: DRIVING, type: 'page' }))),
    ],
    ['another protocol', JSON.stringify([page({ webSocketDebuggerUrl: 'file:///etc/passwd' })])],
    [
      'a path that drives the terminal',
      JSON.stringify([page({ webSocketDebuggerUrl: `ws://h/${DRIVING}` })]),
    ],
  ])('a list of pages: %s', async (_, list) => {
    for (const more of [[], ['--page', 'x'], ['--debug']]) {
      const result = await ask(
        await serve((request, socket) =>
          socket.end(request.includes('/json/version') ? VERSION : http(list)),
        ),
        ...more,
      );
      if (more.includes('--debug'))
        expect(result.stderr.replace(/^\s+at .*$/gm, '')).not.toMatch(HARMFUL);
      else expectSentence(result);
    }
  });

  test('a version that controls the terminal, at the default address', async () => {
    for (const version of [DRIVING, LONG]) {
      const address = await serve((request, socket) =>
        socket.end(
          request.includes('/json/version')
            ? http(JSON.stringify({ Browser: version }))
            : http(JSON.stringify([page({ title: version })])),
        ),
      );
      expectSentence(await ask(address));
    }
  });
});

describe('a WebSocket', () => {
  const accept = (request: string) => {
    const key = /sec-websocket-key: (\S+)/i.exec(request)?.[1] ?? '';
    return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  };
  const upgraded = (request: string, more = '') =>
    `HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept(request)}\r\n${more}\r\n`;
  const text = (payload: string) => {
    const bytes = Buffer.from(payload);
    const head = Buffer.alloc(10);
    head.writeUInt16BE(0x817f, 0);
    head.writeBigUInt64BE(BigInt(bytes.length), 2);
    return Buffer.concat([head, bytes]);
  };

  test.each<[string, (request: string) => readonly (string | Buffer)[]]>([
    ['refused with a page', () => [http(LONG, '403 Forbidden')]],
    ['refused with what drives the terminal', () => [http('', `403 ${DRIVING.replace('\n', '')}`)]],
    ['answered with no HTTP', () => [DRIVING]],
    [
      'with the wrong key',
      () => [
        'HTTP/1.1 101 A\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n',
      ],
    ],
    [
      'with an extension nobody asked for',
      (request) => [upgraded(request, 'Sec-WebSocket-Extensions: permessage-deflate\r\n')],
    ],
    [
      'with a protocol that drives the terminal',
      (request) => [upgraded(request, `Sec-WebSocket-Protocol: ${DRIVING.replace('\n', '')}\r\n`)],
    ],
    ['garbage before the first message', (request) => [upgraded(request), DRIVING]],
    ['garbage in the same packet', (request) => [`${upgraded(request)}${DRIVING}`]],
    [
      'random bytes',
      (request) => [upgraded(request), Buffer.from('ff00fe7f80c1817effffdeadbeef', 'hex')],
    ],
    ['text that is not JSON', (request) => [upgraded(request), text(DRIVING)]],
    ['a message that is null', (request) => [upgraded(request), text('null')]],
    ['a message nested deep', (request) => [upgraded(request), text('['.repeat(100_000))]],
    ['an answer to nobody', (request) => [upgraded(request), text('{"id":-1,"result":{}}')]],
    [
      'an event that makes no sense',
      (request) => [upgraded(request), text('{"method":"Debugger.paused","params":7}')],
    ],
    [
      'a frame of text that is not UTF-8',
      (request) => [upgraded(request), Buffer.from([0x81, 2, 0xc3, 0x28])],
    ],
    [
      'a masked frame',
      (request) => [upgraded(request), Buffer.from([0x81, 0x82, 1, 2, 3, 4, 5, 6])],
    ],
    ['a reserved opcode', (request) => [upgraded(request), Buffer.from([0x83, 0])]],
    [
      'a close with words that drive the terminal',
      (request) => [upgraded(request), close(DRIVING)],
    ],
    ['a message of 64 MB', (request) => [upgraded(request), text(`"${'x'.repeat(64 << 20)}"`)]],
    [
      'pings without end',
      (request) => [upgraded(request), Buffer.from('8900'.repeat(200_000), 'hex')],
    ],
  ])('%s', async (_, parts) => {
    const address = await serve((request, socket) => {
      if (request.includes('/json/version')) return void socket.end(VERSION);
      if (request.includes('/json/list')) return void socket.end(http(JSON.stringify([page({})])));
      if (!/upgrade: websocket/i.test(request)) return;
      for (const part of parts(request)) socket.write(part);
    });
    expectSentence(await ask(address));
  });

  function close(words: string): Buffer {
    const reason = Buffer.from(words);
    return Buffer.concat([Buffer.from([0x88, reason.length + 2, 0x03, 0xe8]), reason]);
  }
});

describe('answers of the inspector that control the terminal', () => {
  const HEAP_USAGE = { usedSize: 1000, totalSize: 2000 };
  const evil = (text: string): Readonly<Record<string, unknown>> => ({
    'Runtime.getHeapUsage': HEAP_USAGE,
    'Runtime.evaluate': {
      result: { type: 'object', className: text, description: text },
      exceptionDetails: {
        text,
        exception: { type: 'object', className: text, description: text },
      },
    },
  });

  test.each([
    [
      'an exception of the target',
      (command: FakeCommand, words: string) => evil(words)[command.method] ?? {},
    ],
    [
      'values where objects are wanted',
      (command: FakeCommand, words: string) =>
        command.method === 'Runtime.evaluate'
          ? { result: { type: 'string', value: words, description: words } }
          : {},
    ],
  ])('%s', async (_, answer) => {
    for (const words of [DRIVING, LONG]) {
      const address = await fakeInspector((command, client) =>
        client.send(JSON.stringify({ id: command.id, result: answer(command, words) })),
      );
      expectSentence(await ask(address));
    }
  });

  test('errors of every command', async () => {
    for (const words of [DRIVING, LONG]) {
      const address = await fakeInspector(({ id }, client) =>
        client.send(JSON.stringify({ id, error: { code: -1, message: words, data: words } })),
      );
      expectSentence(await ask(address));
      expectHarmless(await ask(address, '--quiet'));
    }
  });
});

describe('an error that nothing catches', () => {
  /** As if a library threw in a callback, once the tool looks at its inspector. */
  const thrower = (code: string) =>
    `data:text/javascript,${encodeURIComponent(`setTimeout(() => { ${code} }, 1000)`)}`;
  const words = JSON.stringify(DRIVING);

  test.each([
    ['an error', `throw new Error(${words})`],
    ['a rejection', `Promise.reject(new Error(${words}))`],
    ['something that is not an error', `throw ${words}`],
    ['a long error', `throw new Error(${words} + 'long '.repeat(1e6))`],
    ['several', `setTimeout(() => { throw new Error('second') }); throw new Error(${words})`],
  ])('%s, ends in one sentence', async (_, code) => {
    const address = await fakeInspector(() => undefined);
    const argv = [address, '--target', 'x', '--format', 'json'];
    const result = await runBin(argv, { nodeArgs: ['--import', thrower(code)] });
    expectHarmless(result);
    expect([result.code, result.stdout], result.stderr).toEqual([1, '']);
    expect(result.stderr).toMatch(
      /^showbackref: internal error: "[^\n]*; run again with --debug and report it\n$/,
    );
  });
});
