import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ShowBackrefError } from '../errors.js';
import type { Io } from './io.js';
import { write } from './io.js';
import type { Output } from './normalize-options.js';

/**
 * Refuses what could not be written at the end, before any work: bytes for a terminal, a folder in
 * the place of a file.
 *
 * @throws ShowBackrefError USAGE or OUTPUT_FAILED.
 */
export async function checkOutputs(outputs: readonly Output[], io: Io): Promise<void> {
  for (const { path, format } of outputs) {
    if (path === '-') {
      if (!format.binary || io.stdout.isTTY !== true) continue;
      throw new ShowBackrefError(
        'USAGE',
        `${format.name} is not text and standard output is a terminal; use --out file${format.extension}`,
      );
    }
    const stats = await stat(resolve(io.cwd, path)).catch(() => null);
    if (stats?.isDirectory()) throw outputFailed(path, new Error('it is a folder'));
  }
}

/** Writes one output; a file appears whole or not at all. */
export async function writeOutput(
  { path }: Output,
  content: string | Uint8Array,
  io: Io,
): Promise<void> {
  if (path === '-') return write(io.stdout, content);
  const file = resolve(io.cwd, path);
  // beside the file, so that the rename stays on one file system
  const temporary = join(dirname(file), `.${basename(file).slice(0, 100)}.${process.pid}.tmp`);
  try {
    await makeFolder(dirname(file));
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw outputFailed(path, error);
  }
}

/** Like mkdir's `recursive`, which never ends below folders such as /proc where nothing can be made. */
export async function makeFolder(folder: string): Promise<void> {
  const code = await tryMakeFolder(folder);
  if (code !== 'ENOENT') return;
  await makeFolder(dirname(folder));
  await mkdir(folder);
}

/** Null when the folder is there now, ENOENT when its parent is missing; throws anything else. */
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

export function outputFailed(path: string, error: unknown): ShowBackrefError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'part of its path is not a folder',
    EEXIST: 'part of its path is not a folder',
    ENAMETOOLONG: 'its name is too long',
    EISDIR: 'it is a folder',
    ENOENT: 'its folder cannot be made',
  };
  const reason = (code !== undefined && reasons[code]) || message;
  return new ShowBackrefError(
    'OUTPUT_FAILED',
    `cannot write "${path}": ${reason}; choose another --out`,
    {
      cause: error,
    },
  );
}
