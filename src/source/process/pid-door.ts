import { setTimeout as wait } from 'node:timers/promises';
import { comesWithin, longerStep } from '../inspector/comes-within.js';
import { toHostAndPort } from '../inspector/inspector-address.js';
import {
  addressIsHidden,
  isBun,
  isInOtherNetwork,
  noInspectorOpened,
  noPermission,
  portIsTaken,
  processEnded,
  processStopped,
  signalIsDeadly,
  signalIsOff,
} from '../inspector/live-errors.js';
import type { WatchedProcess } from '../relay/relay-message.js';
import { DoorSearch, type FoundDoor, type OpenedDoor } from './door-search.js';
import { FileWatch } from './file-watch.js';
import {
  describeProcess,
  isRunning,
  isStopped,
  type ProcessFacts,
  readProcess,
  readSignalState,
} from './pid-facts.js';
import { type InspectorOptions, readInspectorOptions } from './pid-options.js';
import {
  findHolder,
  type ListeningSocket,
  listConnections,
  listListening,
  listOwnListening,
} from './pid-sockets.js';
import { withPortLock } from './port-lock.js';

/** The longest time from SIGUSR1 to the inspector: a busy process handles it between two calls. */
const OPEN_MS = 10_000;
/** The longest time until a process that was just started can receive a signal. */
const START_MS = 2000;
/** How long to wait for a port that another process has, usually another run of this tool. */
const PORT_MS = 10_000;

/** The open inspector of a process. */
export interface InspectorDoor extends FoundDoor {
  /** The number by which the process knows itself. */
  readonly innerPid: number;
  /** It was closed before we came. */
  readonly isOurs: boolean;
  isRunning(): Promise<boolean>;
  /**
   * True if the process itself is at the other end of a connection from this port; null if that
   * cannot be determined.
   */
  hasAccepted(localPort: number): Promise<boolean | null>;
  /** True if the process still listens there; null if that cannot be determined. */
  isOpen(): Promise<boolean | null>;
  /** A description for a message: which process has the port now. */
  describeHolder(): Promise<string>;
}

export interface DoorHooks {
  /** Called before a process gets the signal. */
  readonly beforeSignal: (watched: WatchedProcess) => void;
  /** Throws if the search is to be given up. */
  readonly check: () => void;
}

/**
 * On Linux: finds the open inspector of a process, or has it open one.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND, SOURCE_REFUSED, SOURCE_UNREACHABLE.
 */
export async function openDoor(pid: number, hooks: DoorHooks): Promise<InspectorDoor> {
  const facts = await readProcess(pid);
  if (facts.engine === 'bun') throw isBun(pid);
  if (!facts.isInOurNetwork) throw isInOtherNetwork(pid);
  const options = readInspectorOptions(facts.args, facts.nodeOptions);
  const opening = new Opening(facts, options, hooks);
  const open = await opening.findOpen();
  if (open !== null) return toDoor(facts, { found: open, isOurs: false });
  if (options.isAddressHidden) throw addressIsHidden(pid);
  await checkSignal(pid);
  const { found, isOurs } = await opening.ask();
  return toDoor(facts, { found, isOurs });
}

function toDoor(facts: ProcessFacts, { found, isOurs }: OpenedDoor): InspectorDoor {
  const { pid, innerPid } = facts;
  const { port } = found.address;
  return {
    ...{ ...found, innerPid, isOurs, isRunning: () => isRunning(facts) },
    async hasAccepted(localPort) {
      const all = await listConnections(pid);
      return all.some((one) => one.port === port && one.remotePort === localPort);
    },
    isOpen: async () => (await listOwnListening(pid)).some((socket) => socket.port === port),
    async describeHolder() {
      const all = await listListening(pid);
      return describeHolder(all.find((socket) => socket.port === port));
    },
  };
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

type Asked = { readonly found: FoundDoor; readonly isOurs: boolean };

/** One attempt to get an inspector opened. */
class Opening {
  readonly #facts: ProcessFacts;
  readonly #options: InspectorOptions;
  readonly #hooks: DoorHooks;
  readonly #search: DoorSearch;
  /** True for a socket that its process keeps, by inode. */
  readonly #kept = new Map<string, Promise<boolean>>();
  /** Where the process listened when it got the signal; null while it has got none. */
  #skipped: readonly string[] | null = null;

  constructor(facts: ProcessFacts, options: InspectorOptions, hooks: DoorHooks) {
    this.#facts = facts;
    this.#options = options;
    this.#hooks = hooks;
    this.#search = new DoorSearch(facts.pid);
  }

  /** Asks only the usual ports: on any other port, the program would see a request. */
  findOpen(): Promise<FoundDoor | null> {
    const { host, port, isOpenFromStart } = this.#options;
    return this.#search.find((socket) => {
      if (port !== 0) return socket.port === port;
      return isOpenFromStart && socket.host === host;
    });
  }

  /** Repeated as often as another process takes the wanted port first. */
  async ask(): Promise<Asked> {
    const deadline = performance.now() + PORT_MS;
    for (let step = 20; ; step = longerStep(step)) {
      const result = await withPortLock(this.#options.port, this.#hooks.check, () =>
        this.#askOnce(),
      );
      if (result !== 'taken') return result ?? this.#findElsewhere();
      const holder = await this.#findHolder();
      if (holder !== null && (performance.now() > deadline || (await this.#isKept(holder)))) {
        const { pid } = this.#facts;
        throw portIsTaken(pid, toHostAndPort(this.#options), await describeHolder(holder));
      }
      await wait(step);
      this.#hooks.check();
    }
  }

  /** To look through all processes takes a while, and it does not change. */
  #isKept(holder: ListeningSocket): Promise<boolean> {
    const known = this.#kept.get(holder.inode) ?? isKept(holder);
    this.#kept.set(holder.inode, known);
    return known;
  }

  async #askOnce(): Promise<Asked | 'taken' | null> {
    // another run may have had it opened while we waited
    const open = await this.findOpen();
    if (open !== null) return { found: open, isOurs: this.#skipped !== null };
    if ((await this.#findHolder()) !== null) return 'taken';
    const skipped = await this.#search.skipAll();
    this.#skipped = skipped;
    const { pid, startedAt, innerPid } = this.#facts;
    // by now another process may have its number, and the signal would end that process
    if (!(await isRunning(this.#facts))) throw processEnded(pid);
    this.#hooks.beforeSignal({ pid, startedAt, innerPid, skipped });
    signal(pid);
    const watch = new FileWatch(pid);
    const found = await comesWithin(OPEN_MS, async () => {
      this.#hooks.check();
      // where it has opened nothing there is nothing new to find
      if (!(await watch.hasChanged())) return (await isRunning(this.#facts)) ? null : 'ended';
      const door = await this.#search.find();
      if (door !== null) return { found: door, isOurs: true };
      if (!(await isRunning(this.#facts))) return 'ended';
      return (await this.#findHolder()) === null ? null : 'taken';
    });
    if (found === 'ended') throw processEnded(pid);
    return found;
  }

  /** Searches elsewhere: it may already be open on a port that could not be known. */
  async #findElsewhere(): Promise<Asked> {
    this.#search.reconsiderAll();
    const open = await this.#search.find(isLoopback);
    if (open !== null) return { found: open, isOurs: false };
    const { pid } = this.#facts;
    throw (await isStopped(pid)) ? processStopped(pid) : noInspectorOpened(pid);
  }

  /** Finds a socket that listens at the inspector's port but is not the inspector. */
  async #findHolder(): Promise<ListeningSocket | null> {
    const { host, port } = this.#options;
    const { pid } = this.#facts;
    const hosts = [host, '0.0.0.0', '::'];
    const [own, all] = await Promise.all([listOwnListening(pid), listListening(pid)]);
    const skipped = this.#skipped ?? own.map(({ inode }) => inode);
    const isInspector = ({ inode }: ListeningSocket) =>
      own.some((socket) => socket.inode === inode) && !skipped.includes(inode);
    const holder = all.find(
      (socket) => socket.port === port && hosts.includes(socket.host) && !isInspector(socket),
    );
    return holder ?? null;
  }
}

function isLoopback({ host }: ListeningSocket): boolean {
  return host === '::1' || host.startsWith('127.');
}

/** True for an inspector that was open from the start: it will not be closed for us. */
async function isKept(socket: ListeningSocket): Promise<boolean> {
  const holder = await findHolder(socket);
  const facts = holder === null ? null : await readProcess(holder).catch(() => null);
  return facts !== null && readInspectorOptions(facts.args, facts.nodeOptions).isOpenFromStart;
}

async function describeHolder(socket: ListeningSocket | undefined): Promise<string> {
  const holder = socket === undefined ? null : await findHolder(socket);
  return holder === null ? 'another process' : describeProcess(holder);
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGUSR1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EPERM' ? noPermission(pid, error) : processEnded(pid, error);
  }
}
