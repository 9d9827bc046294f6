import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, relative, resolve, sep } from 'node:path';

/**
 * Which files of this machine may be looked at because a heap names them: below these folders, or all
 * where the heap is that of a program of this machine, which could look itself.
 */
export type MapScope = 'anywhere' | { readonly folders: readonly string[] };

/** What there is besides `--source-maps`, for a heap that may come from anywhere. */
export function usualFolders(cwd: string, snapshot: string | null): readonly string[] {
  const folders = [resolve(cwd), ...(snapshot === null ? [] : [dirname(resolve(cwd, snapshot))])];
  return folders.filter((folder) => !holdsHome(folder));
}

/** Below the home folder, and even more so below the root, are all files of a user. */
function holdsHome(folder: string): boolean {
  return isBelow(homedir(), folder);
}

/**
 * True if files may be looked at, links followed. What lies elsewhere by its name alone is never touched, not
 * even to see whether it is there: that alone can mount a folder or ask another machine.
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
