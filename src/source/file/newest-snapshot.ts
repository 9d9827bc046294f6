import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const SNAPSHOT_NAME = /\.(heapsnapshot|heaptimeline)(\.(gz|zst))?$/i;

/**
 * The heap snapshot file in `folder` (not below it) that was modified last, as `folder` joined with
 * its name; null if there is none or the folder cannot be read. If several are equally old, the one
 * with the last name: V8 numbers them.
 */
export async function findNewestSnapshot(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch((): string[] => []);
  const paths = names.filter((name) => SNAPSHOT_NAME.test(name)).map((name) => join(folder, name));
  const files = await Promise.all(paths.map(readModificationTime));
  const newestFirst = files
    .filter((file) => file !== null)
    .sort((a, b) => b.modified - a.modified || (a.path < b.path ? 1 : -1));
  return newestFirst[0]?.path ?? null;
}

/** In milliseconds; null for folders and for files that have disappeared meanwhile. */
async function readModificationTime(path: string) {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() ? { path, modified: stats.mtimeMs } : null;
}
