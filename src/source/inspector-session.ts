import type { InspectorCommands, InspectorEvents } from './inspector-protocol.js';

/** Object ids of ours belong to this group, so that one call lets go of all of them. */
export const OBJECT_GROUP = 'showbackref';

/** Linux delays the acknowledgement of what it received by 40 ms unless it has something to send. */
const NUDGE_EVERY_MS = 4;
const NUDGE_FOR_MS = 48;

/** A connection to one V8 inspector. */
export interface InspectorSession {
  /** Resolves once the connection is gone, whoever ended it; never rejects. */
  readonly disconnected: Promise<void>;
  /** @throws Error when the command fails or the connection is lost before its answer. */
  send<Method extends keyof InspectorCommands>(
    method: Method,
    params: InspectorCommands[Method]['params'],
  ): Promise<InspectorCommands[Method]['result']>;
  /** Returns what ends the subscription. */
  on<Event extends keyof InspectorEvents>(
    event: Event,
    listener: (params: InspectorEvents[Event]) => void,
  ): () => void;
  /** Disconnects, upon which V8 lets a paused program run on. Safe to call twice. */
  close(): Promise<void>;
}

/** What is used of chrome-remote-interface, whose own types lack the NodeRuntime domain. */
interface RawClient {
  send(method: string, params: object): Promise<unknown>;
  on(event: string, listener: (params: never) => void): unknown;
  off(event: string, listener: (params: never) => void): unknown;
  close(): Promise<void>;
}

/**
 * Loads the inspector client, which takes longer than Node.js needs to start a script: begin it
 * before the script. Rejects only where the package is broken.
 */
export async function loadInspectorClient(): Promise<void> {
  await import('chrome-remote-interface');
}

/** @throws Error when nobody answers at `url` (`ws://…`). */
export async function connectInspector(url: string): Promise<InspectorSession> {
  const { default: connect } = await import('chrome-remote-interface');
  // An empty protocol description: the client then neither asks for one nor reads its 1.2 MB copy.
  const protocol = { version: { major: '1', minor: '3' }, domains: [] };
  const client = (await connect({ target: url, protocol })) as unknown as RawClient;
  return toSession(client);
}

function toSession(client: RawClient): InspectorSession {
  let closing: Promise<void> | undefined;
  let lost: () => void;
  const disconnected = new Promise<void>((resolve) => {
    lost = resolve;
    client.on('disconnect', resolve);
  });
  const nudge = createNudge(client, disconnected);
  client.on('Debugger.scriptParsed', nudge);
  client.on('HeapProfiler.addHeapSnapshotChunk', nudge);
  return {
    disconnected,
    async send(method, params) {
      const answer = client.send(method, params);
      nudge();
      // Raced: the client forgets commands whose connection ends while they are being written.
      return (await Promise.race([answer, disconnected.then(failLost)])) as never;
    },
    on(event, listener) {
      client.on(event, listener);
      return () => client.off(event, listener);
    },
    close() {
      closing ??= client.close().then(() => lost());
      return closing;
    },
  };
}

function failLost(): never {
  throw new Error('the connection to its inspector was lost');
}

/**
 * Node.js writes each answer and event on its own without TCP_NODELAY: the second of two waits until
 * the first is acknowledged, 40 ms later. A cheap command in between carries the acknowledgement.
 * Measured on a script of three lines: a third of the time from start to last byte.
 */
function createNudge(client: RawClient, disconnected: Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let last = 0;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const tick = () => {
    if (performance.now() > last) stop();
    else client.send('Runtime.getIsolateId', {}).catch(stop);
  };
  void disconnected.then(() => {
    last = 0;
    stop();
  });
  return () => {
    last = performance.now() + NUDGE_FOR_MS;
    timer ??= setInterval(tick, NUDGE_EVERY_MS);
  };
}
