import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import { ShowBackrefError } from '../errors.js';
import { outputFailed } from '../files/output-failed.js';
import { findOutputPlace, type OutputPlace } from '../files/output-place.js';
import { saveSnapshot } from '../files/save-snapshot.js';
import { writeWholeFile } from '../files/write-whole-file.js';
import type { Io } from './io.js';
import { write } from './io.js';
import type { Output } from './output-options.js';

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
    const isTerminal = await leadsToTerminal(path, io);
    if (!format.binary || !isTerminal) continue;
    throw new ShowBackrefError(
      'USAGE',
      `${format.name} is not text and ${path === '-' ? 'standard output' : `"${path}"`} is a terminal; use --out file${format.extension}`,
    );
  }
}

async function leadsToTerminal(path: string, io: Io): Promise<boolean> {
  if (path === '-') return io.stdout.isTTY === true;
  const place = await placeOf(path, io);
  return place.kind === 'descriptor' && isatty(place.descriptor);
}

/** Whether something takes bytes there whose name says nothing: a device, a pipe, standard output. */
export async function isStream(path: string, io: Io): Promise<boolean> {
  return (await placeOf(path, io)).kind !== 'file';
}

function placeOf(path: string, io: Io): Promise<OutputPlace> {
  return findOutputPlace(resolve(io.cwd, path)).catch((error) => {
    throw outputFailed(path, error);
  });
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

/** Passes the bytes of a heap on while saving them, for `option`. */
export function keepHeap(
  bytes: AsyncIterable<Uint8Array>,
  { path, option }: { readonly path: string; readonly option: '--out' | '--keep' },
  io: Io,
): AsyncIterable<Uint8Array> {
  const { signal } = io;
  return saveSnapshot(bytes, resolve(io.cwd, path), { shown: path, option, signal });
}
