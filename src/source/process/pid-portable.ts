import { execFile } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { promisify } from 'node:util';
import { comesWithin } from '../inspector/comes-within.js';
import { listTargets, readBrowserName } from '../inspector/inspector-endpoint.js';
import { isNotNode, noInspectorOpened, noPermission, noProcess } from '../inspector/live-errors.js';
import type { FoundDoor, OpenedDoor } from './door-search.js';
import type { DoorHooks, InspectorDoor } from './pid-door.js';
import { findEngine } from './pid-facts.js';

/** The default address of Node.js's inspector; another one cannot be seen from here. */
const ADDRESS = { host: '127.0.0.1', port: 9229, socketPath: null };
const OPEN_MS = 10_000;
const PROBE_MS = 1000;

/**
 * Opens an inspector without `/proc`: the process has to be asked through it.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND, SOURCE_REFUSED.
 */
export async function openPortableDoor(
  pid: number,
  { beforeSignal, check }: DoorHooks,
): Promise<InspectorDoor> {
  checkProcess(pid);
  const open = await findUsualDoor();
  if (open !== null) return toDoor(pid, { found: open, isOurs: false });
  if (process.platform !== 'win32') await checkProgram(pid);
  beforeSignal({ pid, startedAt: null, innerPid: pid, skipped: [] });
  askToOpen(pid);
  const door = await comesWithin(OPEN_MS, () => {
    check();
    return findUsualDoor();
  });
  if (door === null) throw noInspectorOpened(pid);
  return toDoor(pid, { found: door, isOurs: true });
}

function toDoor(pid: number, { found, isOurs }: OpenedDoor): InspectorDoor {
  return {
    ...{ ...found, innerPid: pid, isOurs, isRunning: async () => isThere(pid) },
    hasAccepted: async () => null,
    isOpen: async () => null,
    describeHolder: async () => 'another process',
  };
}

/** Finds an inspector at the default address, of any process. */
export async function findUsualDoor(): Promise<FoundDoor | null> {
  const browser = await readBrowserName(ADDRESS, { ms: PROBE_MS }).catch(() => null);
  if (browser === null) return null;
  const [target] = await listTargets(ADDRESS).catch(() => []);
  if (target?.socketPath == null) return null;
  return { address: ADDRESS, browser, socketPath: target.socketPath };
}

function checkProcess(pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EPERM' ? noPermission(pid, error) : noProcess(pid);
  }
}

export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Checks that it is Node.js: the signal would end any other program; on Windows there is no signal,
 * and others refuse.
 */
async function checkProgram(pid: number): Promise<void> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]);
  const program = stdout.trim();
  // macOS gives the path, so that the file can be examined
  const isNode = isAbsolute(program)
    ? (await findEngine(program).catch(() => null)) !== null
    : /^(node|nodejs|deno)[\d.-]*$/.test(program);
  if (!isNode) throw isNotNode(pid, program);
}

function askToOpen(pid: number): void {
  const { _debugProcess } = process as unknown as { _debugProcess(pid: number): void };
  try {
    _debugProcess(pid);
  } catch (error) {
    throw noPermission(pid, error);
  }
}
