import type { InspectorCommands, InspectorEvents } from './inspector-protocol.js';
import { limitInFlight } from './limit-in-flight.js';
import { MessageRouter } from './message-router.js';
import { type FrameChannel, type FrameListener, openWebSocket } from './web-socket.js';

/** The group of our object ids, so that one call releases all of them. */
export const OBJECT_GROUP = 'showbackref';

/**
 * The interval of extra commands: Linux delays the acknowledgement of received data by 40 ms unless
 * it has something to send.
 */
const NUDGE_EVERY_MS = 4;
const NUDGE_FOR_MS = 48;

/** A connection to one V8 inspector. */
export interface InspectorSession {
  /** Resolves once the connection is gone, whichever side ended it; never rejects. */
  readonly disconnected: Promise<void>;
  /** @throws Error if the command fails or the connection is lost before its answer. */
  send<Method extends keyof InspectorCommands>(
    method: Method,
    params: InspectorCommands[Method]['params'],
  ): Promise<InspectorCommands[Method]['result']>;
  /**
   * Sends a command that may pause the program from within, such as evaluating `debugger;`, or end
   * it, and nothing else until it is paused or has answered. Node.js (20 to 26) never looks at its
   * messages again, nor at the end of the connection, if one arrives while such a command is being
   * evaluated.
   */
  sendAlone<Method extends keyof InspectorCommands>(
    method: Method,
    params: InspectorCommands[Method]['params'],
  ): Promise<InspectorCommands[Method]['result']>;
  /** Returns a function that ends the subscription. */
  on<Event extends keyof InspectorEvents>(
    event: Event,
    listener: (params: InspectorEvents[Event]) => void,
  ): () => void;
  /** Disconnects; V8 then lets a paused program run on. Safe to call twice. */
  close(): Promise<void>;
}

/** A connection that can also reach the workers of a page. */
export interface InspectorConnection extends InspectorSession {
  /**
   * A session with a target that was attached with `flatten`; closing it leaves the connection
   * open.
   */
  toTarget(sessionId: string): InspectorSession;
}

/** Carries commands and events; `disconnect` is the last event. */
export interface RawClient {
  send(method: string, params: object): Promise<unknown>;
  on(event: string, listener: (params: never) => void): unknown;
  off(event: string, listener: (params: never) => void): unknown;
  close(): Promise<void>;
}

/** A connection that carries the sessions of several targets. */
interface RawConnection extends RawClient {
  send(method: string, params: object, sessionId?: string): Promise<unknown>;
}

/** Connects. @throws Error if nothing answers at `url` (`ws://…`). */
export function connectInspector(url: string): Promise<InspectorConnection> {
  return openConnection((onFrame) => openWebSocket(url, onFrame));
}

/** Opens a connection. @throws Error as `open`, which makes the channel for the messages. */
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
      // the other side violates the protocol, or sends nonsense
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
  // raced: the client forgets commands if their connection ends while they are being written
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
 * Sends a cheap command while an answer is awaited. Node.js writes each answer and event separately
 * without TCP_NODELAY: the second of two waits until the first is acknowledged, 40 ms later. The
 * command carries the acknowledgement. Measured on a script of three lines: a third of the time
 * from start to last byte.
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
