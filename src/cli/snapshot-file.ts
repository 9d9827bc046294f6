import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { noteRemnant } from '../util/left-behind.js';
import { makeFolder, outputFailed } from './write-outputs.js';

/** A heap holds every text of its program, so only its owner may read the file. */
const OWNER_ONLY = 0o600;

/**
 * Passes the bytes of a snapshot on while writing them to `path`, packed if its name ends in `.gz`.
 * The file appears under its name when the last byte was written, or not at all.
 *
 * @throws ShowBackrefError OUTPUT_FAILED when the file cannot be written; what `bytes` throws.
 */
export async function* saveSnapshot(
  bytes: AsyncIterable<Uint8Array>,
  { path, cwd }: { readonly path: string; readonly cwd: string },
): AsyncGenerator<Uint8Array> {
  const file = resolve(cwd, path);
  const temporary = join(dirname(file), `.${basename(file).slice(0, 100)}.${process.pid}.tmp`);
  const isGone = noteRemnant({ kind: 'file', path: temporary });
  const target = await openTarget(path, file, temporary);
  try {
    for await (const chunk of bytes) {
      await target.write(chunk);
      yield chunk;
    }
    await target.close();
    await rename(temporary, file).catch((error) => {
      throw outputFailed(path, error);
    });
  } finally {
    target.destroy();
    await rm(temporary, { force: true });
    isGone();
  }
}

async function openTarget(path: string, file: string, temporary: string) {
  const fail = (error: unknown): never => {
    throw outputFailed(path, error);
  };
  await makeFolder(dirname(file)).catch(fail);
  const disk = createWriteStream(temporary, { mode: OWNER_ONLY });
  await once(disk, 'open').catch(fail);
  const entry: Writable = /\.gz$/i.test(file) ? createGzip() : disk;
  if (entry !== disk) entry.pipe(disk);
  // an error of the disk ends the wait below, wherever it is
  const done = finished(disk);
  done.catch(() => undefined);
  return {
    async write(chunk: Uint8Array): Promise<void> {
      // a copy, because the source may reuse the chunk before the disk has taken it
      if (entry.write(Buffer.from(chunk))) return;
      await Promise.race([once(entry, 'drain'), done]).catch(fail);
    },
    async close(): Promise<void> {
      entry.end();
      await done.catch(fail);
    },
    destroy(): void {
      entry.destroy();
      disk.destroy();
    },
  };
}
