import { settlesWithin } from './settles-within.js';

/** How long the other side may take to agree to the end of a connection. */
const CLOSE_MS = 1000;

/** What chrome-remote-interface keeps to itself. */
interface Internals {
  readonly _ws: {
    removeAllListeners(event: 'message'): void;
    on(event: 'message', listener: (data: string) => void): void;
    terminate(): void;
  };
  _handleMessage(message: object): void;
}

/**
 * Has a connection end where its other side does not keep to the protocol: the client would throw what
 * nobody can catch at a message that is no JSON or lacks its parameters, and wait half a minute for an
 * answer to its goodbye.
 */
export function guardClient<Client extends { close(): Promise<void> }>(client: Client): Client {
  const { _ws: socket } = client as unknown as Internals;
  const handle = (message: object) => (client as unknown as Internals)._handleMessage(message);
  socket.removeAllListeners('message');
  socket.on('message', (data) => {
    try {
      handle(withParams(JSON.parse(String(data))));
    } catch {
      socket.terminate();
    }
  });
  const close = client.close.bind(client);
  client.close = async () => {
    const closed = close();
    if (!(await settlesWithin(closed, CLOSE_MS))) socket.terminate();
    await closed;
  };
  return client;
}

function withParams(message: unknown): object {
  if (typeof message !== 'object' || message === null) throw new Error('no message');
  const { params, result } = message as { params?: unknown; result?: unknown };
  if (result !== undefined && typeof result !== 'object') throw new Error('no result');
  return typeof params === 'object' && params !== null ? message : { ...message, params: {} };
}
