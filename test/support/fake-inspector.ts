import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** One side of a connection to the tool. */
export interface FakeClient {
  /** Sends a frame with this text. */
  send(text: string): void;
  /** Sends bytes as they are, frame or not. */
  raw(bytes: Uint8Array): void;
  drop(): void;
}

export interface FakeCommand {
  readonly id: number;
  readonly method: string;
  /** The number of clients before it. */
  readonly index: number;
}

/** Its behaviour before there is a connection. */
export interface FakeManners {
  /** Returns true if it has answered this path itself. */
  readonly onRequest?: (path: string, response: ServerResponse) => boolean;
  /** False if it does not answer the request for a WebSocket; default: true. */
  readonly isUpgrading?: boolean;
}

/**
 * A server that claims to be the inspector of a Node.js process and then answers as `onCommand`
 * says. It is stopped when the test is over. Resolves to its HOST:PORT.
 *
 * Source: RFC 6455, only the parts needed for short frames of text.
 */
export async function fakeInspector(
  onCommand: (command: FakeCommand, client: FakeClient) => void,
  { onRequest, isUpgrading = true }: FakeManners = {},
): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    if (onRequest?.(request.url ?? '', response) === true) return;
    const host = request.headers.host;
    const page = {
      id: 'a',
      type: 'node',
      title: 'a',
      url: '',
      webSocketDebuggerUrl: `ws://${host}/a`,
    };
    const isVersion = request.url === '/json/version';
    response.end(JSON.stringify(isVersion ? { Browser: 'node.js/v24.0.0' } : [page]));
  });
  server.on('upgrade', (request, socket: Socket) => {
    if (!isUpgrading) return;
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    serve(socket, onCommand);
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function serve(socket: Socket, onCommand: (command: FakeCommand, client: FakeClient) => void) {
  const write = (bytes: Uint8Array) => void (socket.destroyed || socket.write(bytes));
  const client: FakeClient = {
    raw: write,
    send: (text) => write(frame(Buffer.from(text))),
    drop: () => socket.destroy(),
  };
  let kept = Buffer.alloc(0);
  let index = 0;
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]);
    for (let found = unframe(kept); found !== null; found = unframe(kept)) {
      kept = kept.subarray(found.end);
      if (found.text.startsWith('{')) {
        onCommand({ ...JSON.parse(found.text), index: index++ }, client);
      }
    }
  });
}

function frame(payload: Buffer): Buffer {
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
  const head = Buffer.alloc(10);
  head.writeUInt16BE(0x817f, 0);
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

function unframe(bytes: Buffer): { text: string; end: number } | null {
  if (bytes.length < 6) return null;
  const short = (bytes[1] ?? 0) & 0x7f;
  const start = short === 126 ? 4 : 2;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  const end = start + 4 + length;
  if (bytes.length < end) return null;
  const text = Buffer.from(bytes.subarray(start + 4, end));
  for (let i = 0; i < text.length; i++) text[i] = (text[i] ?? 0) ^ (bytes[start + (i & 3)] ?? 0);
  return { text: text.toString(), end };
}
