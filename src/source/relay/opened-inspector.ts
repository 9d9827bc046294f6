import { comesWithin } from '../inspector/comes-within.js';
import { toSocketUrl } from '../inspector/inspector-address.js';
import { DoorSearch } from '../process/door-search.js';
import { isRunning, isStopped } from '../process/pid-facts.js';
import { findUsualDoor, isThere } from '../process/pid-portable.js';
import { listConnections, listOwnListening } from '../process/pid-sockets.js';
import type { WatchedProcess } from './relay-message.js';

/** The inspector of a process that was asked to open it: to be found, and closed in the end. */
export interface OpenedInspector {
  readonly innerPid: number;
  /** False for a later process with the same number. */
  isRunning(): Promise<boolean>;
  /** True if stopped by SIGSTOP or a terminal. */
  isStopped(): Promise<boolean>;
  /** The tool has found it there. */
  isAt(url: string): void;
  /** The URL of its WebSocket; null while it is not open. */
  findUrl(): Promise<string | null>;
  /** True if others are connected to it, besides the socket with this port. */
  isInUse(ownPort?: number): Promise<boolean>;
  closesWithin(ms: number): Promise<boolean>;
}

export function openedInspector(watched: WatchedProcess): OpenedInspector {
  return watched.startedAt === null ? usualInspector(watched) : inspectorOfProc(watched);
}

function inspectorOfProc({ pid, startedAt, innerPid, skipped }: WatchedProcess): OpenedInspector {
  const facts = { pid, startedAt: startedAt ?? 0 };
  const search = new DoorSearch(pid, skipped);
  let known: number | null = null;
  const isOpen = async () => (await listOwnListening(pid)).some(({ port }) => port === known);
  return {
    innerPid,
    isRunning: () => isRunning(facts),
    isStopped: () => isStopped(pid),
    isAt(url) {
      known = Number(new URL(url).port);
    },
    async findUrl() {
      const door = await search.find();
      known = door?.address.port ?? known;
      return door && toSocketUrl(door.address, door.socketPath);
    },
    async isInUse(ownPort) {
      const all = await listConnections(pid);
      return all.some(({ port, remotePort }) => port === known && remotePort !== ownPort);
    },
    closesWithin: async (ms) =>
      (await comesWithin(ms, async () => ((await isOpen()) ? null : true))) ?? false,
  };
}

/**
 * An inspector without `/proc`: its users cannot be seen, and the program itself has to say who it
 * is.
 */
function usualInspector({ pid, innerPid }: WatchedProcess): OpenedInspector {
  return {
    innerPid,
    isRunning: async () => isThere(pid),
    isStopped: async () => false,
    isAt: () => undefined,
    async findUrl() {
      const door = await findUsualDoor();
      return door && toSocketUrl(door.address, door.socketPath);
    },
    isInUse: async () => false,
    closesWithin: async () => true,
  };
}
