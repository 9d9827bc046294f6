import { stat } from 'node:fs/promises';
import { usage } from '../errors.js';
import type { Output } from '../question/outputs.js';
import { option, say } from '../util/sentence.js';
import { outputFailed, writeWholeFile } from './write-file.js';

/** Where answers go besides to files. */
export interface OutputPlace {
  readonly signal?: AbortSignal | undefined;
  /** Null where no output can be standard output. */
  readonly stdout: {
    readonly isTerminal: boolean;
    readonly write: (content: string | Uint8Array) => Promise<void>;
  } | null;
  /** Told of each output before it is written, and after that. */
  readonly onWriting?: () => void;
  readonly onWritten?: (output: Output) => void;
}

/** Files only, and nothing said about them. */
export const FILES_ONLY: OutputPlace = { stdout: null };

/**
 * Refuses what could not be written at the end, before any work: bytes for a terminal, a folder in
 * the place of a file.
 *
 * @throws ShowBackrefError USAGE or OUTPUT_FAILED.
 */
export async function checkOutputs(
  outputs: readonly Output[],
  formats: readonly { readonly name: string; readonly binary: boolean }[],
  { stdout }: OutputPlace,
): Promise<void> {
  for (const { path, file, format } of outputs) {
    if (file === null) {
      const isBinary = formats.some(({ name, binary }) => name === format && binary);
      if (!isBinary || stdout?.isTerminal !== true) continue;
      throw usage(
        say`${format} is not text and standard output is a terminal; use ${option('out', `file.${format}`)}`,
      );
    }
    const stats = await stat(file).catch(() => null);
    if (stats?.isDirectory()) throw outputFailed(path, new Error('it is a folder'), 'out');
  }
}

/** Writes one output; a file appears whole or not at all. */
export async function writeOutput(
  output: Output,
  content: string | Uint8Array,
  { signal, stdout, onWriting, onWritten }: OutputPlace,
): Promise<void> {
  const { path, file } = output;
  onWriting?.();
  if (file === null) await stdout?.write(content);
  else
    await writeWholeFile(file, content, { shown: path, option: 'out', ...(signal && { signal }) });
  onWritten?.(output);
}
