import type { InspectorAddress } from '../inspector/inspector-address.js';
import {
  type EndpointTarget,
  listTargets,
  readBrowserName,
} from '../inspector/inspector-endpoint.js';
import { isStopped } from './pid-facts.js';
import { type ListeningSocket, listOwnListening } from './pid-sockets.js';

/** The longest time for a port of the process to answer whether it is its inspector. */
const PROBE_MS = 2000;

/** An inspector that was found, or opened for us. */
export interface OpenedDoor {
  readonly found: FoundDoor;
  readonly isOurs: boolean;
}

/** The address at which an inspector can be reached. */
export interface FoundDoor {
  readonly address: InspectorAddress;
  readonly socketPath: string;
  /** Such as `node.js/v20.20.2`. */
  readonly browser: string;
}

/** Searches the ports of one process for an inspector; asks none twice that is something else. */
export class DoorSearch {
  readonly #pid: number;
  readonly #others: Set<string>;

  /** @param others sockets that are the program's own. */
  constructor(pid: number, others: readonly string[] = []) {
    this.#pid = pid;
    this.#others = new Set(others);
  }

  /** Marks the ports that are open now as the program's own. */
  async skipAll(): Promise<readonly string[]> {
    for (const { inode } of await listOwnListening(this.#pid)) this.#others.add(inode);
    return [...this.#others];
  }

  reconsiderAll(): void {
    this.#others.clear();
  }

  async find(
    isCandidate: (socket: ListeningSocket) => boolean = () => true,
  ): Promise<FoundDoor | null> {
    const sockets = await listOwnListening(this.#pid);
    // in the order in which they were opened: an inspector's comes before those of its program
    for (const socket of [...sockets].sort((a, b) => Number(a.inode) - Number(b.inode))) {
      if (this.#others.has(socket.inode) || !isCandidate(socket)) continue;
      const door = await ask(socket);
      if (door !== null) return door;
      // a stopped process does not answer for now, and neither does its inspector
      if (!(await isStopped(this.#pid))) this.#others.add(socket.inode);
    }
    return null;
  }
}

async function ask(socket: ListeningSocket): Promise<FoundDoor | null> {
  const { port, host } = socket;
  const address = { port, host: toReachable(host), socketPath: null };
  try {
    const browser = await readBrowserName(address, { ms: PROBE_MS });
    const target = (await listTargets(address)).find(isMain);
    if (target?.socketPath == null) return null;
    return { address, browser, socketPath: target.socketPath };
  } catch {
    // whatever it is, it is not an inspector
    return null;
  }
}

function isMain({ type }: EndpointTarget): boolean {
  return type === 'node';
}

/** The host to connect to for a socket that listens on all addresses. */
function toReachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
