import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { ShowBackrefError } from '../errors.js';
import { noteRemnant } from '../util/left-behind.js';

export interface WriteFileOptions {
  readonly shown: string;
  /** What to change to write another one. */
  readonly option: string;
  readonly signal?: AbortSignal;
}

/**
 * Writes a file, which appears whole or not at all, and the folders it lies in.
 *
 * @param file absolute path; `shown` is how the user wrote it.
 * @throws ShowBackrefError OUTPUT_FAILED; the reason of `signal`, for which nothing is left either.
 */
export async function writeWholeFile(
  file: string,
  content: string | Uint8Array,
  { shown, option, signal }: WriteFileOptions,
): Promise<void> {
  // beside the file, so that the rename stays on one file system
  const own = `.${basename(file).slice(0, 100)}.${process.pid}.${threadId}.tmp`;
  const temporary = join(dirname(file), own);
  const isGone = noteRemnant({ kind: 'file', path: temporary });
  try {
    await makeFolder(dirname(file));
    await writeFile(temporary, content);
    signal?.throwIfAborted();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    if (signal?.aborted) throw error;
    throw outputFailed(shown, error, option);
  } finally {
    isGone();
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

/**
 * One sentence on why a file cannot be written.
 *
 * @param option what to change to write another one.
 */
export function outputFailed(path: string, error: unknown, option = '--out'): ShowBackrefError {
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
  const text = `cannot write "${path}": ${reason}; choose another ${option}`;
  return new ShowBackrefError('OUTPUT_FAILED', text, { cause: error });
}
