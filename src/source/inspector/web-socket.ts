import type { WebSocket } from 'ws';
import { settlesWithin } from './settles-within.js';

/** The longest time for the other side to confirm the end of a connection. */
const CLOSE_MS = 1000;
/** The longest time for the other side to make a connection; the tool itself has less patience. */
const OPEN_MS = 25_000;
/**
 * Larger than any message of an inspector; a server that is not one might send an endless frame.
 */
const MOST_BYTES = 256 << 20;

/** Carries the messages of the inspector protocol, one text each. */
export interface FrameChannel {
  /** Resolves once the connection is gone, whichever side ended it; never rejects. */
  readonly closed: Promise<void>;
  send(text: string | Uint8Array): void;
  /** Ends it in order. Safe to call twice. */
  close(): Promise<void>;
  /** Ends it at once: the other side violates the protocol. */
  destroy(): void;
}

export interface WebSocketChannel extends FrameChannel {
  /** The port of this end of the connection. */
  readonly localPort: number;
  /** Stops reading until `resume`. */
  pause(): void;
  resume(): void;
}

export type FrameListener = (frame: Buffer) => void;

/**
 * Loads the package, which takes longer than Node.js needs to start a script: call it before
 * starting the script. Rejects only if the package is broken.
 */
export async function loadWebSocket(): Promise<typeof WebSocket> {
  return (await import('ws')).WebSocket;
}

/** Opens a WebSocket. @throws Error if nothing answers at `url` (`ws://…`). */
export async function openWebSocket(
  url: string,
  onFrame: FrameListener,
): Promise<WebSocketChannel> {
  const Socket = await loadWebSocket();
  const socket = new Socket(url, {
    perMessageDeflate: false,
    followRedirects: false,
    handshakeTimeout: OPEN_MS,
    maxPayload: MOST_BYTES,
  });
  // before there can be any message
  socket.on('message', (frame: Buffer) => onFrame(frame));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let localPort = 0;
  socket.once('upgrade', (response) => {
    localPort = response.socket.localPort ?? 0;
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    // invalid data at any time: `close` follows
    socket.on('error', reject);
  });
  return {
    ...{ closed, localPort },
    send: (text) => socket.send(text, { binary: false }, () => undefined),
    async close() {
      socket.resume();
      socket.close();
      if (!(await settlesWithin(closed, CLOSE_MS))) socket.terminate();
      await closed;
    },
    destroy: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}
