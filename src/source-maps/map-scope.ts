import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, relative, resolve, sep } from 'node:path';

/**
 * The files of this machine that may be read because a heap names them: below these folders, or all
 * if the heap is that of a program of this machine, which could read them itself.
 */
export type MapScope = 'anywhere' | { readonly folders: readonly string[] };

/** The folders allowed in addition to `--source-maps`, for a heap that may come from anywhere. */
export function usualFolders(cwd: string, snapshot: string | null): readonly string[] {
  const folders = [resolve(cwd), ...(snapshot === null ? [] : [dirname(resolve(cwd, snapshot))])];
  return folders.filter((folder) => !holdsHome(folder));
}

/**
 * True for a folder that contains the home folder, or that is the home folder: below it are all
 * files of a user.
 */
function holdsHome(folder: string): boolean {
  return isBelow(homedir(), folder);
}

/**
 * Makes the check whether files may be read, with links followed. A path that is outside by its
 * name alone is never touched, not even to see whether it exists: that could mount a folder or
 * contact another machine.
 */
export async function makeFileCheck(scope: MapScope): Promise<(path: string) => Promise<boolean>> {
  if (scope === 'anywhere') return async () => true;
  const named = scope.folders.map((folder) => resolve(folder));
  const real = await Promise.all(named.map((folder) => realpath(folder).catch(() => folder)));
  const folders = [...new Set([...named, ...real])];
  const isInside = (path: string) => folders.some((folder) => isBelow(path, folder));
  return async (path) => {
    if (!isInside(resolve(path))) return false;
    const found = await realpath(path).catch(() => null);
    return found !== null && real.some((folder) => isBelow(found, folder));
  };
}

/** True if a path is the folder, or in it. */
function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way);
}
