import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The largest file: bundles of 50 MB exist; larger ones are not meant to be read. */
export const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The path of a script that is in a file of this machine; null for URLs, built-in and unnamed ones.
 */
export function localPathOf(script: string): string | null {
  // two slashes begin the name of another machine
  if (isAbsolute(script)) return /^[\\/]{2}/.test(script) ? null : script;
  if (!script.startsWith('file:///')) return null;
  try {
    const path = fileURLToPath(script);
    return /^[\\/]{2}/.test(path) ? null : path;
  } catch {
    return null;
  }
}

/**
 * The text of a regular file of at most `MOST_BYTES`; null for anything else, for whatever reason.
 * The name comes from a heap: it may be a device, a pipe that nobody writes to, or a cycle of
 * links.
 */
export async function readLocalFile(path: string): Promise<string | null> {
  try {
    // checked before it is opened, because opening alone has an effect on some devices
    if (!isReadable(await stat(path))) return null;
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      if (!isReadable(stats)) return null;
      const buffer = Buffer.alloc(stats.size);
      const { bytesRead } = await handle.read(buffer, 0, stats.size, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

function isReadable(stats: { isFile(): boolean; readonly size: number }): boolean {
  return stats.isFile() && stats.size <= MOST_BYTES;
}
