import { isatty } from 'node:tty';
import { usage } from '../errors.js';
import { outputFailed } from '../files/output-failed.js';
import { findOutputPlace, type OutputPlace } from '../files/output-place.js';
import { writeWholeFile } from '../files/write-whole-file.js';
import type { Output } from '../question/outputs.js';
import { option, say } from '../util/sentence.js';

/** The destination of answers that are not written to files. */
export interface Destination {
  readonly signal?: AbortSignal | undefined;
  /** Null if no output can be standard output. */
  readonly stdout: {
    readonly isTerminal: boolean;
    readonly write: (content: string | Uint8Array) => Promise<void>;
  } | null;
  /** The width in columns of an output's text; without it, the usual width. */
  readonly widthOf?: (output: Output) => number;
  /** The terminal sequences that the text of an output may have; none without it. */
  readonly decorOf?: (output: Output) => {
    readonly hasColours: boolean;
    readonly hasLinks: boolean;
  };
  /** Called before each output is written, and afterwards. */
  readonly onWriting?: () => void;
  readonly onWritten?: (output: Output) => void;
}

/** Writes files only, and says nothing about them. */
export const FILES_ONLY: Destination = { stdout: null };

/**
 * Refuses outputs that could not be written at the end, before any work: bytes for a terminal, a
 * path that is a folder.
 *
 * @throws ShowBackrefError USAGE or OUTPUT_FAILED.
 */
export async function checkOutputs(
  outputs: readonly Output[],
  formats: readonly { readonly name: string; readonly binary: boolean }[],
  { stdout }: Destination,
): Promise<void> {
  for (const output of outputs) {
    const { path, format } = output;
    const isBinary = formats.some(({ name, binary }) => name === format && binary);
    const isTerminal = await leadsToTerminal(output, stdout);
    if (!isBinary || !isTerminal) continue;
    const what = path === '-' ? 'standard output' : `"${path}"`;
    throw usage(
      say`${format} is not text and ${what} is a terminal; use ${option('out', `file.${format}`)}`,
    );
  }
}

async function leadsToTerminal(
  { path, file }: Output,
  stdout: Destination['stdout'],
): Promise<boolean> {
  if (file === null) return stdout?.isTerminal === true;
  const place = await placeOf(file, path);
  return place.kind === 'descriptor' && isatty(place.descriptor);
}

/**
 * True if the path takes a stream of bytes, so that its name says nothing about the format: a
 * device, a pipe, standard output.
 */
export async function isStream(file: string, shown: string): Promise<boolean> {
  return (await placeOf(file, shown)).kind !== 'file';
}

function placeOf(file: string, shown: string): Promise<OutputPlace> {
  return findOutputPlace(file).catch((error) => {
    throw outputFailed(shown, error, 'out');
  });
}

/** Writes one output; a file appears whole or not at all. */
export async function writeOutput(
  output: Output,
  content: string | Uint8Array,
  { signal, stdout, onWriting, onWritten }: Destination,
): Promise<void> {
  const { path, file } = output;
  onWriting?.();
  if (file === null) await stdout?.write(content);
  else
    await writeWholeFile(file, content, { shown: path, option: 'out', ...(signal && { signal }) });
  onWritten?.(output);
}
