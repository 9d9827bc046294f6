import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { temporaryFolder } from './temporary-folder.js';

/** The user `nobody`, as Linux numbers it. */
const UID = 65_534;

/** The reason why there is no second user; null if there is one. */
export const NO_SECOND_USER =
  process.getuid?.() === 0 ? null : 'only root can run a program as another user';

/** A folder in which anybody can create files and only their owner can remove them, like /tmp. */
export function folderForAll(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o1777);
  return folder;
}

/** Runs a shell command as the second user, to its end. */
export function asSecondUser(line: string, cwd: string): void {
  const { status, stderr } = spawnSync('sh', ['-c', line], { cwd, uid: UID, gid: UID });
  if (status !== 0) throw new Error(`${line}: ${stderr}`);
}

/** Starts a program of Node.js as the second user, in the background. */
export function startAsSecondUser(argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...argv], {
    ...{ uid: UID, gid: UID, cwd: '/' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
