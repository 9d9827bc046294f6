import type { ShowBackrefError } from '../errors.js';
import { type InspectorAddress, toHostAndPort, toSocketUrl } from './inspector-address.js';
import { listTargets, readBrowserName, resolveHost } from './inspector-endpoint.js';
import { connectInspector, type InspectorConnection } from './inspector-session.js';
import { choosePage } from './inspector-targets.js';
import { attachToWorker } from './inspector-workers.js';
import type { Choice } from './live-choice.js';
import {
  browserAddress,
  cannotConnect,
  cannotLook,
  connectionLost,
  webKitProtocol,
} from './live-errors.js';
import { LiveProgram, type LookRequest, openLive } from './live-program.js';
import type { OpenedSource } from './opened-source.js';
import { settlesWithin } from './settles-within.js';

/** The program or page behind an address. */
export interface InspectorPlace {
  readonly address: InspectorAddress;
  /** As the user wrote it. */
  readonly name: string;
  /** Picks one of a browser's pages; null for the only one. */
  readonly page: Choice | null;
  /** Picks one of its workers; null for the program or page itself. */
  readonly worker: Choice | null;
}

/**
 * Looks at what an inspector shows, without pausing it.
 *
 * @throws ShowBackrefError SOURCE_UNREACHABLE, SOURCE_REFUSED when it is no inspector of V8,
 *   NOTHING_SELECTED and AMBIGUOUS_TARGET for pages and workers, INTERRUPTED.
 */
export async function openInspector(
  place: InspectorPlace,
  request: LookRequest,
): Promise<OpenedSource> {
  return openLive(await attachToInspector(place), request);
}

/** As `openInspector`, for any number of heaps; to be closed. */
export async function attachToInspector(place: InspectorPlace): Promise<LiveProgram> {
  const { name } = place;
  const { url, browser } = await findSocket(place);
  const connection = await connectGuest(url).catch((error) => {
    throw cannotConnect(name, error);
  });
  const explain = (error: unknown) => explainLoss(connection, name, error);
  try {
    const session =
      place.worker === null ? connection : await attachToWorker(connection, place.worker, name);
    return new LiveProgram({
      ...{ kind: 'inspector', name, session, explain },
      producer: toProducer(browser),
      async leave() {
        if (session !== connection) await session.close();
        await connection.close();
      },
    });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Asks over HTTP before the WebSocket is opened, because only that can be given up in time. */
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
 * Connects to a program that may end at any time: Node.js then waits for us to go, and answers no more.
 *
 * @throws Error when nobody answers at `url`.
 */
export async function connectGuest(url: string): Promise<InspectorConnection> {
  const connection = await connectInspector(url);
  connection.on('NodeRuntime.waitingForDisconnect', () => void connection.close());
  // other engines do not know it, and do not wait
  connection
    .send('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true })
    .catch(() => undefined);
  return connection;
}

/** `node.js/v20.20.2` in the words of this tool. */
export function toProducer(browser: string): string {
  return browser.replace(/^node\.js\//, 'Node.js ').replace('/', ' ');
}

/** For a command that failed: was it refused, or is nobody there any more? */
export async function explainLoss(
  connection: InspectorConnection,
  name: string,
  error: unknown,
): Promise<ShowBackrefError> {
  const isLost = await settlesWithin(connection.disconnected, 0);
  return isLost ? connectionLost(name, error) : cannotLook(name, error);
}
