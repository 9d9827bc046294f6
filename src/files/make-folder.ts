import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder like mkdir's `recursive`, which never returns below folders such as /proc where
 * nothing can be made.
 */
export async function makeFolder(folder: string): Promise<void> {
  const code = await tryMakeFolder(folder);
  if (code !== 'ENOENT') return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
}

/** Null if the folder exists now, ENOENT if its parent is missing; throws any other error. */
async function tryMakeFolder(folder: string): Promise<'ENOENT' | null> {
  try {
    await mkdir(folder);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(folder) !== folder) return code;
    if ((await stat(folder).catch(() => null))?.isDirectory()) return null;
    throw error;
  }
}
