import { ShowBackrefError } from '../../errors.js';
import type { OpenedSource } from '../opened-source.js';
import { Relay, type RelayChannel, RelayLost } from '../relay/relay.js';
import { type InspectorAddress, toHostAndPort, toSocketUrl } from './inspector-address.js';
import { listTargets, readBrowserName, resolveHost } from './inspector-endpoint.js';
import { type InspectorConnection, openConnection } from './inspector-session.js';
import { choosePage } from './inspector-targets.js';
import { attachToWorker, listWorkers } from './inspector-workers.js';
import type { Choice } from './live-choice.js';
import {
  browserAddress,
  cannotConnect,
  cannotLook,
  connectionLost,
  isStuck,
  liveInterrupted,
  relayFailed,
  webKitProtocol,
} from './live-errors.js';
import { LiveProgram, type LookRequest, openLive } from './live-program.js';
import { settlesWithin } from './settles-within.js';

/** The longest time for a connection to be made, which needs the program's main thread. */
const CONNECT_MS = 20_000;

/** The program or page at an address. */
export interface InspectorPlace {
  readonly address: InspectorAddress;
  /** The name as the user wrote it. */
  readonly name: string;
  /** Picks one of a browser's pages; null for the only one. */
  readonly page: Choice | null;
  /** Picks one of its workers; null for the program or page itself. */
  readonly worker: Choice | null;
}

/**
 * Looks at the program of an inspector without pausing it.
 *
 * @throws ShowBackrefError SOURCE_UNREACHABLE, SOURCE_REFUSED if it is not an inspector of V8,
 *   NOTHING_SELECTED and AMBIGUOUS_TARGET for pages and workers, INTERRUPTED.
 */
export async function openInspector(
  place: InspectorPlace,
  request: LookRequest,
): Promise<OpenedSource> {
  return openLive(await attachToInspector(place, request.signal), request);
}

/** As `openInspector`, for any number of heaps; has to be closed. */
export function attachToInspector(
  place: InspectorPlace,
  signal?: AbortSignal,
): Promise<LiveProgram> {
  return untilInterrupted(attach(place, signal), place.name, signal);
}

/**
 * Gives up the work in progress when interrupted, and closes its result if there is one after all.
 *
 * @throws ShowBackrefError INTERRUPTED.
 */
export async function untilInterrupted(
  attaching: Promise<LiveProgram>,
  name: string,
  signal: AbortSignal | undefined,
): Promise<LiveProgram> {
  if (signal === undefined) return attaching;
  let stop = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(liveInterrupted(name));
      void attaching.then((program) => program.close()).catch(() => undefined);
    };
  });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return Promise.race([attaching, interrupted]).finally(() =>
    signal.removeEventListener('abort', stop),
  );
}

async function attach(
  place: InspectorPlace,
  signal: AbortSignal | undefined,
): Promise<LiveProgram> {
  const { name } = place;
  const relay = startRelay(name);
  const explain = async (error: unknown) =>
    connection === null ? cannotConnect(name, error) : explainLoss(connection, name, error);
  let connection: InspectorConnection | null = null;
  try {
    const { url, browser } = await findSocket(place);
    const opened = (await connectGuest(relay, url, name)).session;
    connection = opened;
    const session =
      place.worker === null ? opened : await attachToWorker(opened, place.worker, name);
    return new LiveProgram({
      ...{ kind: 'inspector', name, session, explain, producer: toProducer(browser) },
      ...(session === opened && { listWorkers: () => listWorkers(opened) }),
      async leave() {
        if (session !== connection) await session.close();
        await relay.leave(signal);
      },
    });
  } catch (error) {
    const known = error instanceof ShowBackrefError ? error : await explain(error);
    await relay.leave(signal);
    throw known;
  }
}

/**
 * Starts a relay. @throws ShowBackrefError SOURCE_UNREACHABLE if this process cannot start another.
 */
export function startRelay(name: string): Relay {
  try {
    return Relay.start(name);
  } catch (error) {
    throw relayFailed(name, error);
  }
}

/**
 * Asks over HTTP before the WebSocket is opened, because only an HTTP request can be given up in
 * time.
 */
async function findSocket(place: InspectorPlace): Promise<{ url: string; browser: string }> {
  const { name, page } = place;
  const address = await resolveHost(place.address);
  const browser = await readBrowserName(address);
  if (browser.startsWith('Bun')) throw webKitProtocol(name);
  const { socketPath } = address;
  if (socketPath?.startsWith('/devtools/browser/')) {
    throw browserAddress(name, toHostAndPort(address));
  }
  const path = socketPath ?? choosePage(await listTargets(address), page, name).socketPath;
  return { url: toSocketUrl(address, path), browser };
}

/**
 * Connects to a program that may end at any time: Node.js then waits for us to disconnect, and no longer answers.
 *
 * @param name of the program, for an error.
 * @throws Error if nothing is at `url`; ShowBackrefError SOURCE_UNREACHABLE if nothing answers
 *   there.
 */
export async function connectGuest(
  relay: Relay,
  url: string,
  name: string,
): Promise<{ session: InspectorConnection; localPort: number }> {
  let channel: RelayChannel | null = null;
  const connecting = openConnection(async (onFrame) => {
    channel = await relay.connect(url, onFrame);
    return channel;
  });
  if (!(await settlesWithin(connecting, CONNECT_MS))) throw isStuck(name);
  const session = await connecting.catch((error) => {
    throw error instanceof RelayLost ? relayFailed(name, error) : error;
  });
  session.on('NodeRuntime.waitingForDisconnect', () => void session.close());
  // other engines do not know it, and do not wait
  session
    .send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true })
    .catch(() => undefined);
  return { session, localPort: (channel as RelayChannel | null)?.localPort ?? 0 };
}

/** `node.js/v20.20.2` in the words of this tool. */
export function toProducer(browser: string): string {
  return browser.replace(/^node\.js\//, 'Node.js ').replace('/', ' ');
}

/** Explains a failed command: it was refused, or the other side is gone. */
export async function explainLoss(
  connection: InspectorConnection,
  name: string,
  error: unknown,
): Promise<ShowBackrefError> {
  const isLost = await settlesWithin(connection.disconnected, 0);
  return isLost ? connectionLost(name, error) : cannotLook(name, error);
}
