import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { outputFailed, writeWholeFile } from '../answer/write-file.js';
import { ShowBackrefError } from '../errors.js';
import type { Io } from './io.js';
import { write } from './io.js';
import type { Output } from './output-options.js';

export { makeFolder, outputFailed } from '../answer/write-file.js';

/**
 * Refuses what could not be written at the end, before any work: bytes for a terminal, a folder in
 * the place of a file.
 *
 * @throws ShowBackrefError USAGE or OUTPUT_FAILED.
 */
export async function checkOutputs(
  outputs: readonly Output<{ name: string; extension: string; binary: boolean }>[],
  io: Io,
): Promise<void> {
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
  { path }: Output<unknown>,
  content: string | Uint8Array,
  io: Io,
): Promise<void> {
  if (path === '-') return write(io.stdout, content);
  const { signal } = io;
  await writeWholeFile(resolve(io.cwd, path), content, { shown: path, option: '--out', signal });
}
