import { isatty } from 'node:tty';
import { usage } from '../errors.js';
import { outputFailed } from '../files/output-failed.js';
import { findOutputPlace, type OutputPlace } from '../files/output-place.js';
import { writeWholeFile } from '../files/write-whole-file.js';
import type { Output } from '../question/outputs.js';
import { option, say } from '../util/sentence.js';

/** Where answers go besides to files. */
export interface Destination {
  readonly signal?: AbortSignal | undefined;
  /** Null where no output can be standard output. */
  readonly stdout: {
    readonly isTerminal: boolean;
    readonly write: (content: string | Uint8Array) => Promise<void>;
  } | null;
  /** How many columns wide the text of an output may be; as usual without it. */
  readonly widthOf?: (output: Output) => number;
  /** What the text of an output may have besides: what drives a terminal; nothing without it. */
  readonly decorOf?: (output: Output) => {
    readonly hasColours: boolean;
    readonly hasLinks: boolean;
  };
  /** Told of each output before it is written, and after that. */
  readonly onWriting?: () => void;
  readonly onWritten?: (output: Output) => void;
}

/** Files only, and nothing said about them. */
export const FILES_ONLY: Destination = { stdout: null };

/**
 * Refuses what could not be written at the end, before any work: bytes for a terminal, a folder in
 * the place of a file.
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

/** True if something takes bytes there whose name says nothing: a device, a pipe, standard output. */
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
