import { ShowBackrefError } from '../../errors.js';
import { closeInspector } from '../inspector/close-inspector.js';
import { comesWithin } from '../inspector/comes-within.js';
import { toHostAndPort, toSocketUrl } from '../inspector/inspector-address.js';
import {
  type InspectorConnection,
  type InspectorSession,
  OBJECT_GROUP,
} from '../inspector/inspector-session.js';
import { connectGuest, explainLoss, toProducer } from '../inspector/inspector-source.js';
import { attachToWorker } from '../inspector/inspector-workers.js';
import type { Choice } from '../inspector/live-choice.js';
import { cannotConnect, isStuck, portIsTaken, processEnded } from '../inspector/live-errors.js';
import { LiveProgram, type LookRequest, openLive } from '../inspector/live-program.js';
import { settlesWithin } from '../inspector/settles-within.js';
import type { OpenedSource } from '../opened-source.js';
import type { InspectorDoor } from './pid-door.js';
import { startGuard } from './start-guard.js';

/** How long the program may take to say who it is, and to close its inspector. */
const ANSWER_MS = 20_000;
const CLOSE_MS = 10_000;
/** How long to wait for the cause of a lost connection, which is the end of the process. */
const LAST_WORDS_MS = 2000;

export interface ProcessPlace {
  readonly pid: number;
  /** Picks one of its worker threads; null for the main thread. */
  readonly worker: Choice | null;
  /** A sentence that is no error: what else was done to the process, what could not be undone. */
  readonly onNote: (sentence: string) => void;
  /** Default: that of this machine; for tests. */
  readonly platform?: NodeJS.Platform | undefined;
}

/**
 * Looks at a running process, which needs no flag at its start: SIGUSR1 opens its inspector, and it is
 * closed again afterwards if it was not open before. Nothing is signalled that is not Node.js or Deno.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND when there is no such process, SOURCE_REFUSED when it is
 *   something else or does not let us in, SOURCE_UNREACHABLE when it ends; INTERRUPTED.
 */
export async function openProcess(
  place: ProcessPlace,
  request: LookRequest,
): Promise<OpenedSource> {
  return openLive(await attachToProcess(place), request);
}

/** As `openProcess`, for any number of heaps; to be closed. */
export async function attachToProcess(place: ProcessPlace): Promise<LiveProgram> {
  const { pid, worker } = place;
  const name = `pid:${pid}`;
  const door = await findDoor(place);
  const url = toSocketUrl(door.address, door.socketPath);
  const { isOurs, innerPid, portBefore } = door;
  const dismissGuard = isOurs ? startGuard({ url, innerPid, portBefore }) : () => undefined;
  const connection = await connectGuest(url, name).catch(async (error) => {
    if (!(await door.isRunning())) throw processEnded(pid, error);
    throw error instanceof ShowBackrefError ? error : cannotConnect(name, error);
  });
  const explain = async (error: unknown): Promise<ShowBackrefError> => {
    if (error instanceof ShowBackrefError) return error;
    return (await hasEnded(door, connection))
      ? processEnded(pid, error)
      : explainLoss(connection, name, error);
  };
  let session: InspectorSession = connection;
  const leave = async () => {
    if (session !== connection) await session.close();
    await closeDoor(door, connection, place);
    dismissGuard();
  };
  try {
    await checkIdentity(door, connection, pid);
    if (worker !== null) session = await attachToWorker(connection, worker, name);
    const producer = toProducer(door.browser);
    return new LiveProgram({ kind: 'process', name, producer, session, explain, leave });
  } catch (error) {
    const known = await explain(error);
    await leave();
    throw known;
  }
}

/** A connection that was lost is lost a moment before its process has gone. */
async function hasEnded(door: InspectorDoor, connection: InspectorConnection): Promise<boolean> {
  const isLost = await settlesWithin(connection.disconnected, 0);
  const ms = isLost ? LAST_WORDS_MS : 0;
  return (await comesWithin(ms, async () => ((await door.isRunning()) ? null : 'ended'))) !== null;
}

async function findDoor({ pid, onNote, platform = process.platform }: ProcessPlace) {
  if (platform !== 'linux') return (await import('./pid-portable.js')).openPortableDoor(pid);
  const door = await (await import('./pid-door.js')).openDoor(pid);
  if (door.portBefore !== null) {
    onNote(
      `Port ${door.portBefore} is taken: process ${pid} opened its inspector on ${door.address.port} instead.`,
    );
  }
  return door;
}

/** Whose inspector it is, in its own words. */
async function checkIdentity(
  door: InspectorDoor,
  connection: InspectorConnection,
  pid: number,
): Promise<void> {
  const asked = connection.send('Runtime.evaluate', {
    ...{ expression: 'process.pid', objectGroup: OBJECT_GROUP },
  });
  if (!(await settlesWithin(asked, ANSWER_MS))) throw isStuck(`pid:${pid}`);
  const { result } = await asked;
  // the answer may also come from a later process of the same number
  if (!(await door.isRunning())) throw processEnded(pid);
  if (result.value === door.innerPid) return;
  throw portIsTaken(pid, toHostAndPort(door.address), `process ${String(result.value)}`);
}

/** Closes the inspector that was opened for us; a session is lost with it. */
async function closeDoor(
  door: InspectorDoor,
  connection: InspectorConnection,
  { pid, onNote }: ProcessPlace,
): Promise<void> {
  if (door.isOurs && (await door.isRunning())) {
    await closeInspector(connection, door, CLOSE_MS);
    const closed = async () => ((await door.isOpen()) ? null : 'closed');
    if ((await comesWithin(CLOSE_MS, closed)) === null) {
      onNote(
        `The inspector of process ${pid} is still open on ${toHostAndPort(door.address)}: it was too busy to close it.`,
      );
    }
  }
  await connection.close();
}
