import type { InspectorCommands, InspectorEvents } from './inspector-protocol.js';
import { limitInFlight } from './limit-in-flight.js';
import { MessageRouter } from './message-router.js';
import { type FrameChannel, type FrameListener, openWebSocket } from './web-socket.js';

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
  /**
   * Sends a command that may pause the program from within, such as evaluating `debugger;`, or end it,
   * and nothing besides until it is paused or has answered. Node.js (20 to 26) never looks at its
   * messages again, nor at the end of the connection, if one arrives while such a command is being
   * evaluated.
   */
  sendAlone<Method extends keyof InspectorCommands>(
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

/** A connection of our own, over which the workers of a page can be talked to, too. */
export interface InspectorConnection extends InspectorSession {
  /** Speaks to a target that was attached with `flatten`; closing it leaves the connection open. */
  toTarget(sessionId: string): InspectorSession;
}

/** What carries commands and events; `disconnect` is the event after which there are no others. */
export interface RawClient {
  send(method: string, params: object): Promise<unknown>;
  on(event: string, listener: (params: never) => void): unknown;
  off(event: string, listener: (params: never) => void): unknown;
  close(): Promise<void>;
}

/** Of a connection that carries the sessions of several targets. */
interface RawConnection extends RawClient {
  send(method: string, params: object, sessionId?: string): Promise<unknown>;
}

/** @throws Error when nobody answers at `url` (`ws://…`). */
export function connectInspector(url: string): Promise<InspectorConnection> {
  return openConnection((onFrame) => openWebSocket(url, onFrame));
}

/** @throws Error as `open`, which makes the way for the messages. */
export async function openConnection(
  open: (onFrame: FrameListener) => Promise<FrameChannel>,
): Promise<InspectorConnection> {
  let channel: FrameChannel | null = null;
  const router = new MessageRouter((text) => channel?.send(text));
  let isBroken = false;
  channel = await open((frame) => {
    if (isBroken) return;
    try {
      router.receive(frame.toString('utf8'));
    } catch {
      // it does not keep to the protocol, or says what makes no sense
      isBroken = true;
      channel?.destroy();
    }
  });
  if (isBroken) channel.destroy();
  const { closed } = channel;
  void closed.then(() => router.emit('disconnect', undefined));
  const close = channel.close;
  const client: RawConnection = {
    send: limitInFlight({
      send: (method, params, sessionId) => router.send({ method, params, sessionId }),
    }),
    on: (event, listener) => router.on(event, listener),
    off: (event, listener) => router.off(event, listener),
    close: () => close(),
  };
  const toTarget = (sessionId: string) => toSession(toTargetClient(client, sessionId));
  return { ...toSession(client), toTarget };
}

function toTargetClient(client: RawConnection, sessionId: string): RawClient {
  const inner = (event: string) => (event === 'disconnect' ? event : `${event}.${sessionId}`);
  return {
    send: (method, params) => client.send(method, params, sessionId),
    on(event, listener) {
      client.on(inner(event), listener);
      if (event !== 'disconnect') return;
      client.on('Target.detachedFromTarget', (gone: { sessionId: string }) => {
        if (gone.sessionId === sessionId) listener(undefined as never);
      });
    },
    off: (event, listener) => client.off(inner(event), listener),
    close: async () => undefined,
  };
}

/** A session over anything that carries its messages. */
export function toSession(client: RawClient): InspectorSession {
  let closing: Promise<void> | undefined;
  let lost: () => void;
  const disconnected = new Promise<void>((resolve) => {
    lost = resolve;
    client.on('disconnect', resolve);
  });
  const { nudge, hush, unhush } = createNudge(client, disconnected);
  client.on('Debugger.scriptParsed', nudge);
  client.on('HeapProfiler.addHeapSnapshotChunk', nudge);
  client.on('NodeWorker.receivedMessageFromWorker', nudge);
  // Raced: the client forgets commands whose connection ends while they are being written.
  const answered = (answer: Promise<unknown>) =>
    Promise.race([answer, disconnected.then(failLost)]) as Promise<never>;
  return {
    disconnected,
    async send(method, params) {
      const answer = client.send(method, params);
      nudge();
      return await answered(answer);
    },
    async sendAlone(method, params) {
      hush();
      return await answered(client.send(method, params)).finally(unhush);
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
function createNudge(client: RawClient, disconnected: Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  let last = 0;
  let isHushed = false;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const tick = () => {
    if (performance.now() > last) stop();
    else client.send('Runtime.getIsolateId', {}).catch(stop);
  };
  const unhush = () => {
    isHushed = false;
  };
  client.on('Debugger.paused', unhush);
  void disconnected.then(() => {
    last = 0;
    stop();
  });
  return {
    nudge() {
      if (isHushed) return;
      last = performance.now() + NUDGE_FOR_MS;
      timer ??= setInterval(tick, NUDGE_EVERY_MS);
    },
    hush() {
      isHushed = true;
      stop();
    },
    unhush,
  };
}
