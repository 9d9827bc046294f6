import { ShowBackrefError } from '../../errors.js';
import { comesWithin } from '../inspector/comes-within.js';
import { toHostAndPort, toSocketUrl } from '../inspector/inspector-address.js';
import {
  type InspectorConnection,
  type InspectorSession,
  OBJECT_GROUP,
} from '../inspector/inspector-session.js';
import {
  connectGuest,
  explainLoss,
  startRelay,
  toProducer,
  untilInterrupted,
} from '../inspector/inspector-source.js';
import { attachToWorker, listWorkers } from '../inspector/inspector-workers.js';
import type { Choice } from '../inspector/live-choice.js';
import {
  cannotConnect,
  inspectorWasClosed,
  isStuck,
  liveInterrupted,
  portIsTaken,
  processEnded,
} from '../inspector/live-errors.js';
import { LiveProgram, type LookRequest, openLive } from '../inspector/live-program.js';
import { settlesWithin } from '../inspector/settles-within.js';
import type { OpenedSource } from '../opened-source.js';
import type { Relay } from '../relay/relay.js';
import type { DoorHooks, InspectorDoor } from './pid-door.js';
import { sayingWhy } from './why-waiting.js';

/** The longest time for the program to identify itself. */
const ANSWER_MS = 20_000;
/** How long to wait for the cause of a lost connection, which is the end of the process. */
const LAST_WORDS_MS = 2000;
/** How often to reopen an inspector that another process has just closed. */
const MOST_TRIES = 5;

export interface ProcessPlace {
  readonly pid: number;
  /** Picks one of its worker threads; null for the main thread. */
  readonly worker: Choice | null;
  /** Called with a sentence that is not an error: what could not be undone. */
  readonly onNote: (sentence: string) => void;
  /** For tests. Default: that of this machine. */
  readonly platform?: NodeJS.Platform | undefined;
}

/**
 * Looks at a running process, which needs no flag at its start: SIGUSR1 opens its inspector, which
 * is closed again afterwards if it was not open before. Only Node.js and Deno are signalled.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND if there is no such process, SOURCE_REFUSED if it is
 *   something else or does not let us in, SOURCE_UNREACHABLE if it ends; INTERRUPTED.
 */
export async function openProcess(
  place: ProcessPlace,
  request: LookRequest,
): Promise<OpenedSource> {
  return openLive(await attachToProcess(place, request.signal), request);
}

/** As `openProcess`, for any number of heaps; has to be closed. */
export async function attachToProcess(
  place: ProcessPlace,
  signal?: AbortSignal,
): Promise<LiveProgram> {
  const attaching = sayingWhy(place.pid, place.onNote, () => attachInTurn(place, signal));
  try {
    return await untilInterrupted(attaching, nameOf(place), signal);
  } catch (error) {
    // it notices, and cleans up
    await attaching.catch(() => undefined);
    throw error;
  }
}

async function attachInTurn(
  place: ProcessPlace,
  signal: AbortSignal | undefined,
): Promise<LiveProgram> {
  for (let tries = 1; ; tries++) {
    const relay = startRelay(nameOf(place));
    // any work in progress then fails
    const stop = () => void relay.leave(signal);
    signal?.addEventListener('abort', stop);
    try {
      return await attach(place, relay, signal);
    } catch (error) {
      await leave(place, relay, signal);
      if (!(error instanceof InspectorWithdrawn)) throw error;
      // the process that had opened it has left; now we have to open it
      if (tries === MOST_TRIES) throw inspectorWasClosed(place.pid, error.cause);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

/** An inspector that others had opened was closed before we had begun. */
class InspectorWithdrawn extends Error {}

const nameOf = ({ pid }: ProcessPlace) => `pid:${pid}`;

async function attach(
  place: ProcessPlace,
  relay: Relay,
  signal: AbortSignal | undefined,
): Promise<LiveProgram> {
  const { pid, worker } = place;
  const name = nameOf(place);
  const door = await findDoor(place, {
    beforeSignal: (watched) => relay.watch(watched),
    check() {
      if (signal?.aborted) throw liveInterrupted(name);
    },
  });
  if (!door.isOurs) relay.unwatch();
  const url = toSocketUrl(door.address, door.socketPath);
  let connection: InspectorConnection | null = null;
  const explain = (error: unknown) => explainFailure(error, { door, connection, pid });
  try {
    const { session: opened, localPort } = await connectGuest(relay, url, name);
    connection = opened;
    await checkIdentity(door, { connection, localPort }, pid);
    let session: InspectorSession = connection;
    if (worker !== null) session = await attachToWorker(connection, worker, name);
    return new LiveProgram({
      ...{ kind: 'process', name, session, explain, producer: toProducer(door.browser) },
      waiting: (work) => sayingWhy(pid, place.onNote, work),
      ...(session === opened && { listWorkers: () => listWorkers(opened) }),
      async leave() {
        if (session !== connection) await session.close();
        await leave(place, relay, signal);
      },
    });
  } catch (error) {
    throw (await isWithdrawn(door, connection))
      ? new InspectorWithdrawn('', { cause: error })
      : await explain(error);
  }
}

interface Failed {
  readonly door: InspectorDoor;
  /** Null if there was none. */
  readonly connection: InspectorConnection | null;
  readonly pid: number;
}

async function explainFailure(
  error: unknown,
  { door, connection, pid }: Failed,
): Promise<ShowBackrefError> {
  if (error instanceof ShowBackrefError) return error;
  if (await hasEnded(door, connection)) return processEnded(pid, error);
  if (connection === null) return cannotConnect(`pid:${pid}`, error);
  if (await isWithdrawn(door, connection)) return inspectorWasClosed(pid, error);
  return explainLoss(connection, `pid:${pid}`, error);
}

/** True if another process had opened it and has closed it. */
async function isWithdrawn(
  door: InspectorDoor,
  connection: InspectorConnection | null,
): Promise<boolean> {
  if (door.isOurs || !(await isLost(connection))) return false;
  return (await door.isOpen()) === false && (await door.isRunning());
}

async function isLost(connection: InspectorConnection | null): Promise<boolean> {
  return connection === null || (await settlesWithin(connection.disconnected, 0));
}

/** True if the process has ended: a connection is lost a moment before that. */
async function hasEnded(
  door: InspectorDoor,
  connection: InspectorConnection | null,
): Promise<boolean> {
  const ms = (await isLost(connection)) && (await door.isOpen()) !== true ? LAST_WORDS_MS : 0;
  return (await comesWithin(ms, async () => ((await door.isRunning()) ? null : 'ended'))) !== null;
}

async function findDoor(
  { pid, platform = process.platform }: ProcessPlace,
  hooks: DoorHooks,
): Promise<InspectorDoor> {
  if (platform !== 'linux') {
    return (await import('./pid-portable.js')).openPortableDoor(pid, hooks);
  }
  return (await import('./pid-door.js')).openDoor(pid, hooks);
}

/** Checks whose inspector it is: according to the system, or in its own words. */
async function checkIdentity(
  door: InspectorDoor,
  { connection, localPort }: { connection: InspectorConnection; localPort: number },
  pid: number,
): Promise<void> {
  const isAccepted = await door.hasAccepted(localPort);
  // it may also be a later process with the same number
  if (!(await door.isRunning())) throw processEnded(pid);
  if (isAccepted === null) {
    const { result } = await ask(connection, pid);
    if (result.value === door.innerPid) return;
    throw portIsTaken(pid, toHostAndPort(door.address), `process ${String(result.value)}`);
  }
  // an inspector that is just being closed lets us in but no longer answers
  if (!door.isOurs) await ask(connection, pid);
  if (await isLost(connection)) throw new Error('it was lost');
  if (isAccepted) return;
  throw portIsTaken(pid, toHostAndPort(door.address), await door.describeHolder());
}

async function ask(connection: InspectorConnection, pid: number) {
  const asked = connection.send('Runtime.evaluate', {
    ...{ expression: 'process.pid', objectGroup: OBJECT_GROUP },
  });
  if (!(await settlesWithin(asked, ANSWER_MS))) throw isStuck(`pid:${pid}`);
  return asked;
}

async function leave(
  { pid, onNote }: ProcessPlace,
  relay: Relay,
  signal: AbortSignal | undefined,
): Promise<void> {
  const departure = await relay.leave(signal);
  if (departure !== 'later' || signal?.aborted) return;
  onNote(
    `Process ${pid} is too busy to close its inspector; it will be closed as soon as the process responds.`,
  );
}
