import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { comesWithin } from '../inspector/comes-within.js';
import { listTargets, readBrowserName } from '../inspector/inspector-endpoint.js';
import { isNotNode, noInspectorOpened, noPermission, noProcess } from '../inspector/live-errors.js';
import type { InspectorDoor } from './pid-door.js';

/** Where Node.js opens its inspector unless it was told otherwise, which cannot be seen from here. */
const ADDRESS = { host: '127.0.0.1', port: 9229, socketPath: null };
const OPEN_MS = 10_000;
const PROBE_MS = 1000;

/**
 * Where there is no `/proc`: whose inspector is found has to be asked over it.
 *
 * @throws ShowBackrefError SOURCE_NOT_FOUND, SOURCE_REFUSED.
 */
export async function openPortableDoor(pid: number): Promise<InspectorDoor> {
  checkProcess(pid);
  const open = await findDoor(pid);
  if (open !== null) return open;
  if (process.platform !== 'win32') await checkProgram(pid);
  askToOpen(pid);
  const door = await comesWithin(OPEN_MS, () => findDoor(pid));
  if (door === null) throw noInspectorOpened(pid);
  return { ...door, isOurs: true };
}

async function findDoor(pid: number): Promise<InspectorDoor | null> {
  const browser = await readBrowserName(ADDRESS, { ms: PROBE_MS }).catch(() => null);
  if (browser === null) return null;
  const [target] = await listTargets(ADDRESS).catch(() => []);
  if (target?.socketPath == null) return null;
  return {
    ...{ address: ADDRESS, browser, socketPath: target.socketPath, innerPid: pid },
    ...{ isOurs: false, portBefore: null },
    isOpen: async () => (await findDoor(pid))?.socketPath === target.socketPath,
    isRunning: async () => isThere(pid),
  };
}

function checkProcess(pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EPERM' ? noPermission(pid, error) : noProcess(pid);
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The signal would end anything but Node.js; on Windows there is no signal, and others refuse. */
async function checkProgram(pid: number): Promise<void> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]);
  const program = stdout.trim();
  if (!/^(node|nodejs|deno)[\d.-]*$/.test(basename(program))) throw isNotNode(pid, program);
}

function askToOpen(pid: number): void {
  const { _debugProcess } = process as unknown as { _debugProcess(pid: number): void };
  try {
    _debugProcess(pid);
  } catch (error) {
    throw noPermission(pid, error);
  }
}
