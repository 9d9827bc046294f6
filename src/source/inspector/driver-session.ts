import type { Moment } from '../opened-source.js';
import { assignNodeIds, collectGarbage, streamHeap } from './heap-stream.js';
import type { InspectorSession } from './inspector-session.js';

/**
 * A session of the DevTools protocol as drivers of browsers hand it out, such as Playwright's `CDPSession`. It
 * also has `send`, `on` and `off`, which each driver types in its own way.
 */
export interface DriverClient {
  detach(): Promise<void>;
}

/**
 * The heap of a page after each round of some work, garbage collected. To be read one after another; the
 * page stands still while each is taken.
 *
 * @throws Error when the page is closed meanwhile, and what the work throws.
 */
export async function* pageMoments(
  client: DriverClient,
  rounds: number,
  work: () => Promise<void>,
): AsyncGenerator<Moment> {
  const session = toDriverSession(client);
  try {
    for (let round = 1; round <= rounds; round++) {
      await work();
      await collectGarbage(session);
      await assignNodeIds(session, []);
      const source = {
        kind: 'inspector' as const,
        name: 'the page',
        bytes: streamHeap(session),
        live: null,
        close: async () => undefined,
      };
      yield { label: `round ${round}`, source };
    }
  } finally {
    // of a page that is closed there is nothing to let go of
    await session.close().catch(() => undefined);
  }
}

function toDriverSession(client: DriverClient): InspectorSession {
  const plain = client as unknown as PlainClient;
  const send: InspectorSession['send'] = async (method, params) =>
    (await plain.send(method, params)) as never;
  return {
    // its driver rejects what it cannot send any more
    disconnected: new Promise(() => undefined),
    send,
    sendAlone: send,
    on(event, listener) {
      plain.on(event, listener);
      return () => plain.off(event, listener);
    },
    close: () => plain.detach(),
  };
}

/** The same with methods and events as plain text. */
interface PlainClient {
  send(method: string, params: object): Promise<unknown>;
  on(event: string, listener: (params: never) => void): unknown;
  off(event: string, listener: (params: never) => void): unknown;
  detach(): Promise<void>;
}
