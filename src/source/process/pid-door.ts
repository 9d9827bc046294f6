import { comesWithin } from '../inspector/comes-within.js';
import type { InspectorAddress } from '../inspector/inspector-address.js';
import { toHostAndPort } from '../inspector/inspector-address.js';
import {
  type EndpointTarget,
  listTargets,
  readBrowserName,
} from '../inspector/inspector-endpoint.js';
import {
  addressIsHidden,
  isBun,
  isInOtherNetwork,
  noInspectorOpened,
  noPermission,
  portIsTaken,
  processEnded,
  signalIsDeadly,
  signalIsOff,
} from '../inspector/live-errors.js';
import {
  describeProcess,
  isRunning,
  type ProcessFacts,
  readProcess,
  readSignalState,
} from './pid-facts.js';
import { type InspectorOptions, readInspectorOptions } from './pid-options.js';
import { type MovedPort, movePort } from './pid-port.js';
import {
  findHolder,
  type ListeningSocket,
  listListening,
  listOwnListening,
} from './pid-sockets.js';

/** How long a process may take from SIGUSR1 to its inspector: a busy one gets to it between two calls. */
const OPEN_MS = 10_000;
/** How long one that has just been started may take until it can take a signal. */
const START_MS = 2000;
/** How long a port of the process may take to say whether it is its inspector. */
const PROBE_MS = 2000;

/** The open inspector of a process. */
export interface InspectorDoor {
  readonly address: InspectorAddress;
  readonly socketPath: string;
  /** Such as `node.js/v20.20.2`. */
  readonly browser: string;
  /** As the process sees itself. */
  readonly innerPid: number;
  /** It was closed before we came. */
  readonly isOurs: boolean;
  /** The port that the process was started with, where we had it take another; else null. */
  readonly portBefore: number | null;
  isOpen(): Promise<boolean>;
  isRunning(): Promise<boolean>;
}

/**
 * On Linux: finds the inspector that this very process has open, or has it open one.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND, SOURCE_REFUSED, SOURCE_UNREACHABLE.
 */
export async function openDoor(pid: number): Promise<InspectorDoor> {
  const facts = await readProcess(pid);
  if (facts.engine === 'bun') throw isBun(pid);
  if (!facts.isInOurNetwork) throw isInOtherNetwork(pid);
  const options = readInspectorOptions(facts.args, facts.nodeOptions);
  const search = new DoorSearch(facts);
  const open = await search.find((socket) => isExpected(socket, options));
  if (open !== null) return { ...open, isOurs: false };
  if (options.isAddressHidden) throw addressIsHidden(pid);
  await checkSignal(pid);
  return askToOpen(search, options);
}

/** Any other port is the program's own business: it would see a request there. */
function isExpected({ host, port }: ListeningSocket, options: InspectorOptions): boolean {
  if (options.port !== 0) return port === options.port;
  return options.isOpenFromStart && host === options.host;
}

function isLoopback({ host }: ListeningSocket): boolean {
  return host === '::1' || host.startsWith('127.');
}

async function checkSignal(pid: number): Promise<void> {
  let state = await readSignalState(pid);
  await comesWithin(START_MS, async () => {
    state = await readSignalState(pid);
    return state === 'taken' ? state : null;
  });
  if (state === 'taken') return;
  throw state === 'refused' ? signalIsOff(pid) : signalIsDeadly(pid);
}

async function askToOpen(search: DoorSearch, options: InspectorOptions): Promise<InspectorDoor> {
  const { pid } = search;
  await search.skipAll();
  const moved = await makeWay(pid, options);
  try {
    const door = await signalAndFind(search);
    const isOurs = door?.address.port !== moved?.before;
    if (door !== null && isOurs) return { ...door, isOurs, portBefore: moved?.before ?? null };
    if (door !== null) {
      // where it was to be at first: somebody else has had it opened meanwhile, and will close it
      await moved?.undo();
      return door;
    }
  } catch (error) {
    await moved?.undo();
    throw error;
  }
  await moved?.undo();
  // it may be open already, on a port that nobody could know
  search.reconsiderAll();
  const open = await search.find(isLoopback);
  if (open !== null) return { ...open, isOurs: false };
  const holder = await findOther(pid, options);
  throw holder === null ? noInspectorOpened(pid) : await toPortError(pid, options, holder);
}

async function signalAndFind(search: DoorSearch): Promise<InspectorDoor | null> {
  const { facts, pid } = search;
  // by now its number may be that of another process, which the signal would end
  if (!(await isRunning(facts))) throw processEnded(pid);
  signal(pid);
  const found = await comesWithin(OPEN_MS, async () => {
    return (await search.find()) ?? ((await isRunning(facts)) ? null : 'ended');
  });
  if (found === 'ended') throw processEnded(pid);
  return found;
}

/** Has the process take another port where somebody else has the one that it was started with. */
async function makeWay(pid: number, options: InspectorOptions): Promise<MovedPort | null> {
  const holder = await findOther(pid, options);
  if (holder === null) return null;
  const moved = await movePort(pid, options);
  if (moved === null) throw await toPortError(pid, options, holder);
  return moved;
}

async function findOther(pid: number, options: InspectorOptions): Promise<ListeningSocket | null> {
  const hosts = [options.host, '0.0.0.0', '::'];
  const all = await listListening(pid);
  return all.find(({ host, port }) => port === options.port && hosts.includes(host)) ?? null;
}

async function toPortError(pid: number, options: InspectorOptions, holder: ListeningSocket) {
  const other = await findHolder(holder);
  const words = other === null ? 'another process' : await describeProcess(other);
  return portIsTaken(pid, toHostAndPort(options), words);
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGUSR1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EPERM' ? noPermission(pid, error) : processEnded(pid, error);
  }
}

/** Looks for an inspector among the ports of one process; asks no port twice. */
class DoorSearch {
  readonly facts: ProcessFacts;
  readonly #asked = new Set<string>();

  constructor(facts: ProcessFacts) {
    this.facts = facts;
  }

  get pid() {
    return this.facts.pid;
  }

  /** The ports open now are the program's own business. */
  async skipAll(): Promise<void> {
    for (const { inode } of await listOwnListening(this.pid)) this.#asked.add(inode);
  }

  reconsiderAll(): void {
    this.#asked.clear();
  }

  async find(
    isCandidate: (socket: ListeningSocket) => boolean = () => true,
  ): Promise<InspectorDoor | null> {
    const sockets = await listOwnListening(this.pid);
    // in the order in which they were opened: an inspector's comes before those of its program
    for (const socket of [...sockets].sort((a, b) => Number(a.inode) - Number(b.inode))) {
      if (this.#asked.has(socket.inode) || !isCandidate(socket)) continue;
      this.#asked.add(socket.inode);
      const door = await this.#ask(socket);
      if (door !== null) return door;
    }
    return null;
  }

  async #ask(socket: ListeningSocket): Promise<InspectorDoor | null> {
    const { facts, pid } = this;
    const address = { ...socket, host: toReachable(socket.host), socketPath: null };
    try {
      const browser = await readBrowserName(address, { ms: PROBE_MS });
      const target = (await listTargets(address)).find(isMain);
      if (target?.socketPath == null) return null;
      return {
        ...{ address, browser, innerPid: facts.innerPid, socketPath: target.socketPath },
        ...{ isOurs: false, portBefore: null, isRunning: () => isRunning(facts) },
        isOpen: async () =>
          (await listOwnListening(pid)).some(({ inode }) => inode === socket.inode),
      };
    } catch {
      // whatever it is, it is no inspector
      return null;
    }
  }
}

function isMain({ type }: EndpointTarget): boolean {
  return type === 'node';
}

/** Where to connect to for a socket that listens on all addresses. */
function toReachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
